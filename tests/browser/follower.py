"""Whoever follows a programme, at the desk: the page of one programme and the card of one of its areas."""

from playwright.sync_api import Error, Locator, expect

from tests.browser.desk import LIST_MS, OPENINGS, READY_MS, Desk

PAGE = "/theo-doi"
STEP, RECORD = "Ghi bước tiếp theo", "Sửa hồ sơ"
GRADE, TO = "Mức đánh giá của Ban Chỉ đạo", "Chuyển sang"
COMMITTEE = "Thường trực Ban Chỉ đạo 138"


class Follower:
    def __init__(self, desk: Desk) -> None:
        self.desk, self.page = desk, desk.page

    def open(self, programme: str, area_id: int) -> None:
        self.desk.open(f"{PAGE}?chuong_trinh={programme}&dia_ban_ct={area_id}")
        expect(self.card).to_be_visible(timeout=READY_MS)
        self.desk.rest()

    @property
    def card(self) -> Locator:
        return self.page.locator("#db-area-card")

    @property
    def watched(self) -> Locator:
        """The card of areas that passed, month by month."""
        return self.page.locator(".db-card").filter(has_text="Theo dõi sau chuyển hóa").last

    def unfold(self, words: str) -> Locator:
        """The form under a fold of the area's card, open."""
        fold = self.page.locator(".st-key-db-area").get_by_test_id("stExpander").filter(has_text=words)
        if fold.locator("details").get_attribute("open") is None:
            fold.locator("summary").click()
        return fold

    def list_options(self, fold: Locator, label: str) -> Locator:
        """The options of an open list; a page drawn anew closes it, and one opens it again."""
        options = self.page.get_by_role("option")
        for _ in range(OPENINGS):
            self.desk.rest()
            fold.get_by_role("combobox", name=label, exact=True).click(timeout=READY_MS)
            try:
                options.first.wait_for(timeout=LIST_MS)
            except Error:
                self.page.keyboard.press("Escape")
            else:
                return options
        raise AssertionError(f"{label} never opened")

    def pick(self, fold: Locator, label: str, option: str) -> None:
        chosen = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(OPENINGS):  # the list may close again before its option is pressed
            self.list_options(fold, label)
            try:
                chosen.click(timeout=LIST_MS)
            except Error:
                self.page.keyboard.press("Escape")
            else:
                return
        raise AssertionError(f"{label} never offered {option}")

    def offered(self) -> list[str]:
        """States that the area may enter now."""
        names: list[str] = []
        for _ in range(OPENINGS):  # the list may close again between its opening and its reading
            names = names or self.list_options(self.unfold(STEP), TO).all_inner_texts()
        self.page.keyboard.press("Escape")
        return names

    def fill_day(self, fold: Locator, label: str, day: str) -> None:
        fold.get_by_role("group", name=label, exact=True).get_by_role("spinbutton").first.click()
        self.page.keyboard.type(day.replace("/", ""))

    def fill_step(self, to: str, day: str, *, number: str, grade: str = "", issued_on: str = "") -> Locator:
        """Everything but the press."""
        fold = self.unfold(STEP)
        self.pick(fold, TO, to)
        self.fill_day(fold, "Ngày", day)
        if grade:
            self.pick(fold, GRADE, grade)
        fold.get_by_label("Số văn bản", exact=True).fill(number)
        fold.get_by_label("Cơ quan, chức danh thực hiện", exact=True).fill(COMMITTEE)
        if issued_on:
            self.fill_day(fold, "Ngày ban hành", issued_on)
        return fold

    def take(self, to: str, day: str, *, number: str, grade: str = "", issued_on: str = "") -> None:
        fold = self.fill_step(to, day, number=number, grade=grade, issued_on=issued_on)
        self.record(fold)
        self.desk.sees(f"Đã ghi bước «{to}», ngày {day}.")
        self.desk.rest()

    def record(self, fold: Locator) -> None:
        fold.get_by_role("button", name="Ghi bước", exact=True).click(timeout=READY_MS)
