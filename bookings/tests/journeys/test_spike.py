import time
import pytest


@pytest.mark.journey
def test_a(page):
    page.goto("/")
    print(page.title(), page.get_by_role("region", name="By concern").get_by_role("link").all_inner_texts())


@pytest.mark.journey
def test_b(page):
    t = time.time()
    page.goto("/en/treatments/pigmentation/")
    print(page.title(), time.time() - t)
    print(page.evaluate("document.querySelectorAll('*').length"))
