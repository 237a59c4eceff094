"""What must not happen on any page of any journey."""

from playwright.sync_api import ConsoleMessage, Page, Request, Response


class Trouble:
    """Collects errors in the console, requests to anyone else, missing files and server errors."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.seen: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.seen.append(f"script: {error}"))
        page.on("request", self.request)
        page.on("response", self.response)

    def console(self, message: ConsoleMessage) -> None:
        # A form page answers 422, a lost time 409: the browser reports such pages as failed resources.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.seen.append(f"console: {message.text}")

    def request(self, request: Request) -> None:
        if not request.url.startswith(self.site):
            self.seen.append(f"leaves the site: {request.url}")

    def response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.seen.append(f"{response.status}: {response.url}")
