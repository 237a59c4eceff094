"""What a narrow screen and a thumb need: no sideways scrolling, and nothing too small to hit."""

from playwright.sync_api import Page

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Controls smaller than 24 by 24 pixels. A link among the words of a sentence may be as small as they are (2.5.8).
SMALL = """() => {
    const isInline = (one) => getComputedStyle(one).display.startsWith("inline");
    const words = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE || node.matches("a[href]") || !isInline(node)) return "";
        return [...node.childNodes].map(words).join("");
    };
    const inSentence = (one) => {
        if (!one.matches("a[href]") || !isInline(one)) return false;
        let block = one.parentElement;
        while (isInline(block)) block = block.parentElement;
        return /[\\p{L}\\p{N}]/u.test([...block.childNodes].map(words).join(""));
    };
    const isBigEnough = (one) => {
        const box = one.getClientRects()[0];
        if (box.width >= 24 && box.height >= 24) return true;
        // A card's link is hit wherever the card is.
        one.scrollIntoView({ block: "center" });
        const now = one.getClientRects()[0];
        const x = now.left + now.width / 2, y = now.top + now.height / 2;
        return [[-11.5, 0], [11.5, 0], [0, -11.5], [0, 11.5]]
            .every(([right, down]) => one.contains(document.elementFromPoint(x + right, y + down)));
    };
    const controls = [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden])")];
    const size = (box) => `${box.width}×${box.height}`;
    return controls
        .filter((one) => one.checkVisibility() && one.getClientRects().length && !one.matches(".skip-link"))
        .filter((one) => !inSentence(one) && !isBigEnough(one))
        .map((one) => `${one.outerHTML.slice(0, 120)} ${size(one.getClientRects()[0])}`);
}"""


def problems(page: Page) -> list[str]:
    """What does not fit the page's window, or is too small; a line each."""
    page.wait_for_load_state()
    found = [f"{page.url} scrolls sideways"] if page.evaluate(SIDEWAYS) else []
    return found + [f"{page.url} is too small: {one}" for one in page.evaluate(SMALL)]
