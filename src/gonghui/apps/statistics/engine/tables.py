"""The fifteen tables of domain §11.2 and a monthly form, written as ``shipped.py`` says.

Only what the source names is a cell; groups it names without their members are left out.
"""

from __future__ import annotations

TABLES = """
T01 | 基层工会组织情况 | statistics | A1
# 基层工会
A1 | 基层工会数 | 个 | @organisation.grassroots
A2 | 其中：企业工会 | 个 | @organisation.grassroots_enterprise
A3 | 事业单位工会 | 个 | @organisation.grassroots_institution
A4 | 机关工会 | 个 | @organisation.grassroots_organ
A5 | 社会组织工会 | 个 | @organisation.grassroots_social
A6 | 其他单位工会 | 个 | @organisation.grassroots_other
A7 | 联合基层工会数 | 个
A8 | 涵盖法人单位数 | 家
A9 | 分会和车间工会数 | 个 | @organisation.branches
A10 | 工会小组数 | 个
# 按会员人数分组
B1 | 不足 25 人 | 个
B2 | 25～99 人 | 个
B3 | 100～199 人 | 个
B4 | 200～999 人 | 个
B5 | 1000 人及以上 | 个
! A2 + A3 + A4 + A5 + A6 = A1
! B1 + B2 + B3 + B4 + B5 = A1
! A7 <= A1
! A8 >= A7

T02 | 职工与会员 | statistics | A1
# 职工
A1 | 职工人数 | 人 | @membership.workers
A2 | 其中：女职工 | 人 | @membership.workers_women
A3 | 农民工 | 人 | @membership.workers_migrants
A4 | 劳务派遣工 | 人 | @membership.workers_dispatched
# 会员
B1 | 会员人数 | 人 | @membership.members
B2 | 其中：女会员 | 人 | @membership.women
B3 | 农民工会员 | 人 | @membership.migrants
B4 | 劳务派遣工会员 | 人 | @membership.dispatched
B5 | 新就业形态会员 | 人 | @membership.gig
B6 | 入会率 | % | = B1 ÷ A1 × 100
# 当年变动
C1 | 发展会员 | 人次 | @membership.joined
C2 | 减少会员：转出 | 人次 | @membership.moved_out
C3 | 减少会员：退休 | 人次
C4 | 减少会员：退会 | 人次 | @membership.quit
C5 | 减少会员：去世 | 人次 | @membership.died
C6 | 减少会员合计 | 人次 | = C2 + C3 + C4 + C5
! A2 <= A1
! A3 <= A1
! A4 <= A1
! B1 ~<= A1
! B2 <= B1
! B3 <= B1
! B4 <= B1
! B5 <= B1

T03 | 工会干部 | statistics | A1
A1 | 专职工会干部 | 人 | @organisation.full_time
A2 | 兼职工会干部 | 人 | @organisation.part_time
A3 | 社会化工会工作者 | 人
B1 | 工会主席 | 人 | @organisation.chairs
B2 | 其中：专职 | 人 | @organisation.chairs_full_time
B3 | 兼职 | 人 | @organisation.chairs_part_time
B4 | 女性 | 人 | @organisation.chairs_women
C1 | 工会干部培训 | 人次
! B2 + B3 = B1
! B4 <= B1

T04 | 民主管理 | statistics | A1
# 职工代表大会
A1 | 建立的职代会 | 个 | @organisation.congresses
A2 | 区域（行业）职代会数 | 个
A3 | 召开次数 | 次
A4 | 职工代表人数 | 人 | @organisation.delegates
A5 | 其中：女代表 | 人 | @organisation.delegates_women
A6 | 一线职工代表 | 人 | @organisation.delegates_front
# 公开与评议
B1 | 实行厂务公开的单位数 | 家
B2 | 职工董事 | 人
B3 | 职工监事 | 人
B4 | 民主评议领导人员的单位数 | 家
# 提案
C1 | 提案数 | 件
C2 | 立案数 | 件
C3 | 办结数 | 件
! A5 <= A4
! A6 <= A4
! C2 <= C1
! C3 <= C2

T05 | 集体合同 | statistics | A2
# 综合
A1 | 集体合同份数 | 份
A2 | 覆盖企业 | 家
A3 | 覆盖职工 | 人
A4 | 职工人数 | 人 | @membership.workers
# 专项
B1 | 工资专项集体合同 | 份
B2 | 女职工专项集体合同 | 份
B3 | 劳动安全卫生专项集体合同 | 份
B4 | 行业性集体合同 | 份
B5 | 区域性集体合同 | 份
C1 | 履约检查 | 次
! A3 ~<= A4

T06 | 劳动争议 | statistics | A1
# 调解
A1 | 调解组织数 | 个 | @organisation.mediations
A2 | 调解员 | 人 | @organisation.mediators
A3 | 受理件数 | 件
A4 | 涉及人数 | 人
A5 | 调解成功 | 件
A6 | 调解不成功 | 件
A7 | 在办 | 件
A8 | 转仲裁 | 件
# 法律援助
B1 | 法律援助件数 | 件
B2 | 法律援助人数 | 人
B3 | 挽回金额 | 元
# 劳动法律监督
C1 | 劳动法律监督组织 | 个 | @organisation.law
C2 | 劳动法律监督员 | 人 | @organisation.inspectors_of_law
C3 | 监督意见书 | 份
! A5 + A6 + A7 = A3
! A8 <= A3

T07 | 帮扶 | statistics | A2
A1 | 帮扶中心和站点 | 个
# 困难职工
A2 | 在档困难职工 | 人 | = A3 + A4 + A5
A3 | 其中：深度困难 | 人 | @care.deep
A4 | 相对困难 | 人 | @care.relative
A5 | 意外致困 | 人 | @care.accidental
A6 | 当年脱困 | 人 | @care.overcome
# 资金与送温暖
B1 | 筹集资金 | 元
B2 | 帮扶户次 | 次
B3 | 帮扶金额 | 元
B4 | 送温暖户次 | 次
B5 | 送温暖金额 | 元
# 助学与互助保障
C1 | 金秋助学人数 | 人
C2 | 金秋助学金额 | 元
C3 | 互助保障参保人数 | 人
C4 | 互助保障给付金额 | 元

T08 | 经济技术创新 | statistics | A2
# 竞赛
A1 | 劳动竞赛项目 | 项
A2 | 参赛人次 | 人次
A3 | 技能比武 | 人次 | @training.contest_times
A4 | 技能晋级 | 人次
# 合理化建议
B1 | 提出件数 | 件
B2 | 采纳件数 | 件
B3 | 实施件数 | 件
B4 | 实施效益 | 元
# 创新成果
C1 | 技术革新 | 项
C2 | 创新工作室 | 个
C3 | 五小成果 | 项
! B2 <= B1
! B3 <= B2

T09 | 劳动保护 | statistics | A1
A1 | 劳动保护监督检查委员会 | 个 | @organisation.protections
A2 | 劳动保护监督检查员 | 人 | @organisation.inspectors
A3 | 隐患排查 | 次
A4 | 安康杯竞赛参赛单位 | 家
A5 | 参与事故调查 | 次

T10 | 劳动模范 | statistics | A1
A1 | 在册劳动模范 | 人 | @honours.model_workers
A2 | 其中：在职 | 人 | @honours.model_working
A3 | 退休 | 人 | @honours.model_retired
A4 | 当年评选 | 人 | @honours.model_granted
A5 | 疗休养 | 人次
A6 | 帮扶金额 | 元
! A2 + A3 ~= A1
! A4 ~<= A1

T11 | 女职工工作 | statistics | A1
A1 | 女职工委员会 | 个 | @organisation.women
A2 | 女职工专项集体合同 | 份
A3 | 爱心托管班 | 个
A4 | 妈咪小屋 | 个
A5 | 女职工培训 | 人次 | @training.women_times

T12 | 宣教文体 | statistics | C2
# 学习
A1 | 职工书屋 | 个 | @reading.rooms
A2 | 学习型组织 | 个 | @titles.learning
A3 | 参加创建的班组 | 个 | @teams.taking
A4 | 知识型职工 | 人 | @titles.learners
A5 | 培训人次 | 人次 | @training.times
# 文体
C1 | 文体活动 | 次 | @activities.culture
C2 | 参加活动 | 人次 | @participation.times
C3 | 文化宫和俱乐部 | 个

T13 | 经费与经审 | statistics | A1
# 经费
A1 | 应拨缴经费的单位 | 家
A2 | 已拨缴经费的单位 | 家
A3 | 应拨经费 | 元
A4 | 实拨经费 | 元
A5 | 会费收入 | 元
A6 | 经费支出 | 元
# 经审
B1 | 经费审查委员会 | 个 | @organisation.audits
B2 | 审计单位数 | 家
B3 | 审计金额 | 元
B4 | 发现问题 | 个
B5 | 已整改 | 个
! A2 <= A1
! A4 ~<= A3
! B5 <= B4

T14 | 信访 | statistics | A9
# 件次
A1 | 来信 | 件
A2 | 来访 | 件
A3 | 网络 | 件
A4 | 电话 | 件
A5 | 其中：集体访 | 件
A9 | 合计 | 件 | = A1 + A2 + A3 + A4
# 人次
B1 | 来信 | 人次
B2 | 来访 | 人次
B3 | 网络 | 人次
B4 | 电话 | 人次
# 办理
C1 | 办结 | 件
C2 | 按期办结 | 件
C3 | 按期率 | % | = C2 ÷ C1 × 100
! A5 <= A2
! C1 <= A9
! C2 <= C1

T15 | 职工之家建设 | statistics | A1
A1 | 合格职工之家 | 个 | @titles.homes
A2 | 模范职工之家 | 个 | @titles.model_homes
B1 | 参加会员评议 | 人次 | @evaluation.home_cast
B2 | 表示满意 | 人次 | @evaluation.home_content
B3 | 会员评议满意率 | % | = B2 ÷ B1 × 100
! B2 <= B1

M01 | 工会月报表 | month | A1
# 组织和会员
A1 | 期末会员 | 人 | @membership.members
A2 | 本月入会 | 人次 | @membership.joined
A3 | 本月离开 | 人次 | @membership.left
# 活动和学习
B1 | 举办活动 | 次 | @activities.held
B2 | 参加活动 | 人次 | @participation.times
B3 | 职工培训 | 人次 | @training.times
B4 | 每次活动平均参加 | 人次 | = B2 ÷ B1
# 计划任务
C1 | 本月到期任务 | 项 | @plans.due
C2 | 其中：已完成 | 项 | @plans.done
# 职工诉求
D1 | 收到职工诉求 | 件
D2 | 其中：已答复 | 件
D3 | 答复率 | % | = D2 ÷ D1 × 100
! D2 <= D1
! B2 ~>= B1
"""
