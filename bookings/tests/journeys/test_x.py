import pytest, re
from bookings.tests.journeys.pages import TREATMENTS
pytestmark = pytest.mark.journey
CSS = """@media print {
 html { font-size: 14px !important } body { font-size: 10pt !important; line-height: 1.4 !important }
 .demo-note { background: none !important; color: inherit !important; padding: 0 !important }
 .sheet .narrow { max-inline-size: none !important } .sheet .stack > * + * { margin-block-start: 10px !important }
 .sheet .care__card, .sheet .seek-help { padding: 10px 14px !important }
 .sheet .rows > li { padding-block: 5px !important }
 .sheet .cite { display: none !important }
}"""
def test_x(visit):
    page = visit(688,1017, bypass_csp=True)
    for slug in TREATMENTS:
        page.goto(f"/en/treatments/{slug}/aftercare/")
        page.add_style_tag(content=CSS)
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
        page.emulate_media(media="print")
        print("V", slug, len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)), page.evaluate("document.querySelector('main').getBoundingClientRect().height"))
