"""The way in: wrong passwords are slowed down, and other devices can be sent out."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.cast import PASSWORD

THROTTLED = "密码连续输错多次。请过 5 分钟再试，或请工会干部重设密码。"


def test_wrong_passwords_are_slowed_down(enter):
    visitor = enter()
    visitor.open("/account/login/")
    visitor.look("door")

    for _ in range(6):
        visitor.fill_in("用户名或手机号", "frank")
        visitor.fill_in("密码", "not-the-password")
        visitor.press("登录")
        expect(visitor.page.locator(".errorlist, .alert").first).to_be_visible()

    visitor.sees(THROTTLED)
    visitor.look("throttled")

    visitor.fill_in("密码", PASSWORD)
    visitor.press("登录")
    visitor.sees(THROTTLED)


def test_other_devices_are_sent_out(enter):
    elsewhere, here = (enter("frank", to="/account/") for _ in range(2))
    here.sees("本机")
    here.look("devices")

    here.press("退出其他所有设备")

    expect(here.button("退出其他所有设备")).to_have_count(0)
    elsewhere.open("/account/")
    expect(elsewhere.page.get_by_role("heading", name="登录")).to_be_visible()
    here.open("/account/")
    expect(here.page.locator(".me")).to_be_visible()
