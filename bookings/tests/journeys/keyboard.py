"""Someone who uses the keyboard alone, and must see at every step where they are."""

from playwright.sync_api import Locator, Page

# What is wrong with the focus, in words; nothing if it can be seen. The middle of what has the focus, or of its first
# line, must be in the window with nothing lying over it, and it or a frame around it must be outlined.
WHAT_IS_WRONG = """() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "nothing has the focus";
    const name = `${focused.tagName} “${focused.innerText || focused.name || focused.id}”`.replace(/\\s+/g, " ");
    const box = focused.getClientRects()[0];
    if (!box || box.width < 2 || box.height < 2) return `${name} has no size`;
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `${name} is outside the window`;
    const top = document.elementFromPoint(x, y);
    if (!focused.contains(top)) return `${name} lies under ${top && (top.className || top.tagName)}`;
    for (let one = focused; one; one = one.parentElement) {
        const style = getComputedStyle(one);
        if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return "";
    }
    return `${name} has no outline`;
}"""
FAR = 250


class Keyboard:
    """Presses keys, and after each Tab looks whether the focus can be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def step(self, key: str = "Tab") -> None:
        self.press(key)
        wrong = self.page.evaluate(WHAT_IS_WRONG)
        assert not wrong, f"{self.page.url}: {wrong}"

    def go_to(self, wanted: Locator, key: str = "Tab") -> None:
        """Tab until `wanted` has the focus."""
        wanted.wait_for(state="attached")
        for _ in range(FAR):
            self.step(key)
            if wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"{self.page.url}: {wanted} is never reached")

    def choose(self, wanted: Locator, key: str = "Enter") -> None:
        self.go_to(wanted)
        self.press(key)

    def walk(self, key: str = "Tab") -> int:
        """Through everything that takes the focus, to the end of the page; how many there were."""
        count = 0
        self.press(key)
        while self.page.evaluate("document.activeElement !== document.body") and count < FAR:
            wrong = self.page.evaluate(WHAT_IS_WRONG)
            assert not wrong, f"{self.page.url}: {wrong}"
            self.press(key)
            count += 1
        return count
