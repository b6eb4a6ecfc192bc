"""A browser window as a clerk uses it: open a page, fill in, press a button, read."""

from typing import Self

from playwright.sync_api import ConsoleMessage, Page, Response


class Desk:
    """Wraps a page; every step fails loudly if the page answers with an error."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.set_default_timeout(10_000)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        # A refused form answers 422, and Chromium mentions every such answer.
        if "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str, *, status: int = 200) -> Self:
        """Go to a page of the office, or to a whole address."""
        response = self.page.goto(path if path.startswith("http") else f"{self.base}{path}")
        assert response is not None
        assert response.status == status, f"{path}: {response.status}\n{self.words()[:500]}"
        return self

    def fill(self, **values: str) -> Self:
        """Type into fields by their names; "originators__0" stands for "originators-0"."""
        for name, value in values.items():
            self.page.locator(f'main [name="{name.replace("__", "-")}"]').fill(value)
        return self

    def choose(self, name: str, label: str) -> Self:
        """Choose an entry of a list by (the beginning of) its label."""
        field = self.page.locator(f'main select[name="{name}"]')
        options = field.locator("option").all_inner_texts()
        wanted = [one for one in options if one.strip().startswith(label)]
        assert wanted, f"{label} is not among {options}"
        field.select_option(label=wanted[0])
        return self

    def pick(self, name: str, value: str) -> Self:
        """Pick a radio button or tick a box by name and value."""
        self.page.locator(f'main input[name="{name}"][value="{value}"]').check()
        return self

    def press(self, label: str, *, status: int = 200) -> Self:
        """Press a button or follow a link and wait for the page it leads to."""
        main = self.page.locator("main")
        found = [
            one
            for one in (
                main.get_by_role("button", name=label, exact=True),
                main.get_by_role("link", name=label, exact=True),
                main.get_by_role("button", name=label),
                main.get_by_role("link", name=label),
            )
            if one.count()
        ]
        assert found, f"there is nothing to press called »{label}«: {self.words()[:500]}"
        with self.page.expect_event(
            "response", lambda one: _is_page(one) and not 300 <= one.status < 400
        ) as answer:
            found[0].first.click()
        response = answer.value
        self.page.wait_for_load_state()
        assert response.status == status, f"{label}: {response.status}\n{self.words()[:1500]}"
        return self

    def words(self) -> str:
        """What a reader sees of the main part."""
        return " ".join(self.page.locator("main").inner_text().split())

    def reads(self, *phrases: str) -> Self:
        """Check that the page says something."""
        words = self.words()
        for phrase in phrases:
            assert phrase in words, f"»{phrase}« is not in: {words[:2000]}"
        return self

    def number(self) -> int:
        """The row number at the end of the page's address."""
        return int(self.page.url.rstrip("/").rsplit("/", 1)[-1].split("?")[0])


def _is_page(response: Response) -> bool:
    return response.request.is_navigation_request()
