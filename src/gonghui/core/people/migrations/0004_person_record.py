"""The record of a person: plain facts, particulars, what is sealed, consent and corrections."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import gonghui.kit.sealed_fields


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0003_first_versions"),
        ("people", "0003_first_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("record", "会员资料"), ("sensitive", "银行卡和婚姻状况")],
                        max_length=10,
                        verbose_name="范围",
                    ),
                ),
                ("version", models.CharField(max_length=20, verbose_name="版本")),
                ("text_hash", models.CharField(max_length=64, verbose_name="文本校验")),
                ("given_at", models.DateTimeField(verbose_name="同意时间")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤回时间"),
                ),
            ],
            options={
                "verbose_name": "同意记录",
                "verbose_name_plural": "同意记录",
                "ordering": ["-given_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=20, verbose_name="内容")),
                (
                    "wanted",
                    gonghui.kit.sealed_fields.SealedField(
                        blank=True, null=True, verbose_name="应改为"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待审核"),
                            ("approved", "已更正"),
                            ("refused", "未更正"),
                            ("taken_back", "已撤回"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="答复"
                    ),
                ),
            ],
            options={
                "verbose_name": "更正申请",
                "verbose_name_plural": "更正申请",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("1", "居民身份证"),
                            ("2", "护照"),
                            ("3", "港澳居民来往内地通行证"),
                            ("4", "台湾居民来往大陆通行证"),
                            ("5", "港澳台居民居住证"),
                            ("6", "外国人永久居留身份证"),
                            ("9", "其他"),
                        ],
                        default="1",
                        max_length=1,
                        verbose_name="证件类型",
                    ),
                ),
                (
                    "number",
                    gonghui.kit.sealed_fields.SealedField(
                        blank=True, null=True, verbose_name="证件号码"
                    ),
                ),
                (
                    "number_index",
                    gonghui.kit.sealed_fields.BlindIndexField(
                        null=True, of="number_key", purpose="number"
                    ),
                ),
                (
                    "number_tail",
                    gonghui.kit.sealed_fields.TailField(
                        blank=True, default="", editable=False, max_length=4, of="number"
                    ),
                ),
                (
                    "mobile",
                    gonghui.kit.sealed_fields.SealedField(
                        blank=True, null=True, verbose_name="手机号"
                    ),
                ),
                (
                    "mobile_index",
                    gonghui.kit.sealed_fields.BlindIndexField(
                        null=True, of="mobile", purpose="mobile"
                    ),
                ),
                (
                    "mobile_tail",
                    gonghui.kit.sealed_fields.TailField(
                        blank=True, default="", editable=False, max_length=4, of="mobile"
                    ),
                ),
                (
                    "bank_card",
                    gonghui.kit.sealed_fields.SealedField(
                        blank=True, null=True, verbose_name="银行卡号"
                    ),
                ),
                (
                    "marital",
                    gonghui.kit.sealed_fields.SealedField(
                        blank=True, null=True, verbose_name="婚姻状况"
                    ),
                ),
            ],
            options={
                "verbose_name": "身份信息",
                "verbose_name_plural": "身份信息",
                "ordering": ["person_id"],
            },
        ),
        migrations.CreateModel(
            name="Particulars",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ethnicity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "汉族"),
                            ("02", "蒙古族"),
                            ("03", "回族"),
                            ("04", "藏族"),
                            ("05", "维吾尔族"),
                            ("06", "苗族"),
                            ("07", "彝族"),
                            ("08", "壮族"),
                            ("09", "布依族"),
                            ("10", "朝鲜族"),
                            ("11", "满族"),
                            ("12", "侗族"),
                            ("13", "瑶族"),
                            ("14", "白族"),
                            ("15", "土家族"),
                            ("16", "哈尼族"),
                            ("17", "哈萨克族"),
                            ("18", "傣族"),
                            ("19", "黎族"),
                            ("20", "傈僳族"),
                            ("21", "佤族"),
                            ("22", "畲族"),
                            ("23", "高山族"),
                            ("24", "拉祜族"),
                            ("25", "水族"),
                            ("26", "东乡族"),
                            ("27", "纳西族"),
                            ("28", "景颇族"),
                            ("29", "柯尔克孜族"),
                            ("30", "土族"),
                            ("31", "达斡尔族"),
                            ("32", "仫佬族"),
                            ("33", "羌族"),
                            ("34", "布朗族"),
                            ("35", "撒拉族"),
                            ("36", "毛南族"),
                            ("37", "仡佬族"),
                            ("38", "锡伯族"),
                            ("39", "阿昌族"),
                            ("40", "普米族"),
                            ("41", "塔吉克族"),
                            ("42", "怒族"),
                            ("43", "乌孜别克族"),
                            ("44", "俄罗斯族"),
                            ("45", "鄂温克族"),
                            ("46", "德昂族"),
                            ("47", "保安族"),
                            ("48", "裕固族"),
                            ("49", "京族"),
                            ("50", "塔塔尔族"),
                            ("51", "独龙族"),
                            ("52", "鄂伦春族"),
                            ("53", "赫哲族"),
                            ("54", "门巴族"),
                            ("55", "珞巴族"),
                            ("56", "基诺族"),
                            ("97", "其他"),
                            ("98", "外国血统"),
                        ],
                        max_length=2,
                        verbose_name="民族",
                    ),
                ),
                (
                    "politics",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "中共党员"),
                            ("02", "中共预备党员"),
                            ("03", "共青团员"),
                            ("04", "民革会员"),
                            ("05", "民盟盟员"),
                            ("06", "民建会员"),
                            ("07", "民进会员"),
                            ("08", "农工党党员"),
                            ("09", "致公党党员"),
                            ("10", "九三学社社员"),
                            ("11", "台盟盟员"),
                            ("12", "无党派人士"),
                            ("13", "群众"),
                        ],
                        max_length=2,
                        verbose_name="政治面貌",
                    ),
                ),
                (
                    "education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("10", "研究生"),
                            ("20", "大学本科"),
                            ("30", "大学专科"),
                            ("40", "中等职业教育"),
                            ("60", "普通高中"),
                            ("70", "初中"),
                            ("80", "小学"),
                            ("90", "其他"),
                        ],
                        max_length=2,
                        verbose_name="学历",
                    ),
                ),
                (
                    "degree",
                    models.CharField(
                        blank=True,
                        choices=[("2", "博士"), ("3", "硕士"), ("4", "学士")],
                        max_length=1,
                        verbose_name="学位",
                    ),
                ),
                (
                    "household",
                    models.CharField(
                        blank=True,
                        choices=[("rural", "农业"), ("urban", "非农业"), ("resident", "居民户")],
                        max_length=10,
                        verbose_name="户籍类型",
                    ),
                ),
                (
                    "domicile",
                    models.CharField(
                        blank=True,
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{6}$", "行政区划代码应为 6 位数字。"
                            )
                        ],
                        verbose_name="户籍地区划",
                    ),
                ),
                (
                    "residence",
                    models.CharField(
                        blank=True,
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{6}$", "行政区划代码应为 6 位数字。"
                            )
                        ],
                        verbose_name="现住地区划",
                    ),
                ),
                ("duty", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                (
                    "skill",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("apprentice", "学徒工"),
                            ("5", "初级工（五级）"),
                            ("4", "中级工（四级）"),
                            ("3", "高级工（三级）"),
                            ("2", "技师（二级）"),
                            ("1", "高级技师（一级）"),
                            ("special", "特级技师"),
                            ("chief", "首席技师"),
                        ],
                        max_length=10,
                        verbose_name="技术等级",
                    ),
                ),
                (
                    "title_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("clerk", "员级"),
                            ("assistant", "助理级"),
                            ("middle", "中级"),
                            ("vice", "副高"),
                            ("full", "正高"),
                        ],
                        max_length=10,
                        verbose_name="职称",
                    ),
                ),
                (
                    "card_no",
                    models.CharField(
                        blank=True, db_index=True, max_length=40, verbose_name="会员证号"
                    ),
                ),
            ],
            options={
                "verbose_name": "人员详情",
                "verbose_name_plural": "人员详情",
                "ordering": ["person_id"],
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=20, verbose_name="内容")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "request_id",
                    models.CharField(
                        blank=True, editable=False, max_length=32, verbose_name="请求"
                    ),
                ),
            ],
            options={
                "verbose_name": "查看记录",
                "verbose_name_plural": "查看记录",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="anonymised_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="注销时间"),
        ),
        migrations.AddField(
            model_name="person",
            name="birth_date",
            field=models.DateField(blank=True, null=True, verbose_name="出生日期"),
        ),
        migrations.AddField(
            model_name="person",
            name="birth_year",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="出生年"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="department",
            field=models.CharField(blank=True, max_length=60, verbose_name="部门"),
        ),
        migrations.AddField(
            model_name="person",
            name="employer",
            field=models.CharField(blank=True, max_length=100, verbose_name="单位"),
        ),
        migrations.AddField(
            model_name="person",
            name="former_unit",
            field=models.CharField(blank=True, max_length=100, verbose_name="原单位"),
        ),
        migrations.AddField(
            model_name="person",
            name="gig",
            field=models.CharField(
                blank=True,
                choices=[
                    ("trucker", "货车司机"),
                    ("ride", "网约车司机"),
                    ("courier", "快递员"),
                    ("food", "外卖配送员"),
                    ("nurse", "护工护理员"),
                    ("household", "家政服务员"),
                    ("mall", "商场信息员"),
                    ("estate", "房产中介员"),
                    ("guard", "保安员"),
                ],
                max_length=10,
                verbose_name="新就业形态",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="is_migrant",
            field=models.BooleanField(blank=True, null=True, verbose_name="农民工"),
        ),
        migrations.AddField(
            model_name="person",
            name="position",
            field=models.CharField(blank=True, max_length=60, verbose_name="岗位"),
        ),
        migrations.AddField(
            model_name="person",
            name="work_status",
            field=models.CharField(
                blank=True,
                choices=[
                    ("on_duty", "在岗"),
                    ("standby", "待岗"),
                    ("internal_retired", "内退"),
                    ("unemployed", "失业"),
                    ("retired", "退休"),
                    ("army", "服兵役"),
                    ("studying", "脱产学习"),
                ],
                max_length=20,
                verbose_name="就业状况",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["birth_date"], name="person_by_birth"),
        ),
        migrations.AddField(
            model_name="consent",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="people.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="people.person",
                verbose_name="申请人",
            ),
        ),
        migrations.AddField(
            model_name="identity",
            name="person",
            field=models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="identity",
                to="people.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="particulars",
            name="person",
            field=models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="particulars",
                to="people.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="reveal",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
                verbose_name="查看人",
            ),
        ),
        migrations.AddField(
            model_name="reveal",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reveals",
                to="people.person",
                verbose_name="被查看人",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("person", "scope"),
                name="consent_one_standing",
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["state", "person"], name="correction_by_state"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("person", "field"),
                name="correction_asked_once",
                violation_error_message="这一项已经申请更正，还没有答复。",
            ),
        ),
        migrations.AddIndex(
            model_name="identity",
            index=models.Index(
                condition=models.Q(("mobile_index__isnull", False)),
                fields=["mobile_index"],
                name="identity_by_mobile",
            ),
        ),
        migrations.AddIndex(
            model_name="identity",
            index=models.Index(fields=["number_tail", "person"], name="identity_by_number_tail"),
        ),
        migrations.AddIndex(
            model_name="identity",
            index=models.Index(fields=["mobile_tail", "person"], name="identity_by_mobile_tail"),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.UniqueConstraint(
                fields=("number_index",),
                name="identity_number_once",
                violation_error_message="这个证件号码已有人登记。",
            ),
        ),
        migrations.AddIndex(
            model_name="reveal",
            index=models.Index(fields=["-at", "-id"], name="reveal_by_time"),
        ),
    ]
