"use strict";
// Filter, sort and search the tables of a page. Without this script, every page shows everything.
(() => {
  const words = document.currentScript.dataset;
  const ORDER = ["off-track", "at-risk", "not-started", "on-track", "completed", "cancelled", "unreported"];
  const ROWS_TO_FILTER = 12;
  const ROWS_TO_SORT = 6;
  const query = new URLSearchParams(location.search);
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const statusOf = (cell) => {
    const pill = cell && cell.querySelector(".status");
    const name = pill && [...pill.classList].find((name) => name.startsWith("s-"));
    return name ? name.slice(2) : "";
  };
  // The rows of a table in groups: a heading row, and the rows below it.
  const groupsOf = (body) => {
    const groups = [{ heading: null, rows: [] }];
    for (const row of body.rows) {
      if (row.classList.contains("group")) groups.push({ heading: row, rows: [] });
      else groups[groups.length - 1].rows.push(row);
    }
    return groups;
  };
  const valueOf = (cell) => {
    if (!cell) return "";
    const time = cell.querySelector("time");
    if (time) return time.dateTime;
    const status = statusOf(cell);
    return status ? String(ORDER.indexOf(status)) : cell.textContent.trim();
  };

  const addSorting = (table, groups) => {
    const headings = [...table.tHead.rows[0].cells];
    table.classList.add("sortable");
    headings.forEach((heading, index) => {
      if (heading.tagName !== "TH") return;
      const label = heading.textContent;
      const button = make("button", { type: "button", title: words.sort.replace("%1", label) }, label);
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = heading.getAttribute("aria-sort") === "ascending";
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        for (const { heading: first, rows } of groups) {
          const keyed = rows.map((row) => [valueOf(row.cells[index]), row]);
          // Rows without a value come last in both directions.
          keyed.sort(([a], [b]) => (a === "") - (b === "") || (down ? -1 : 1) * collator.compare(a, b));
          const sorted = keyed.map(([, row]) => row);
          if (first) first.after(...sorted);
          else table.tBodies[0].prepend(...sorted);
        }
      });
    });
  };

  const addFilter = (table, groups, isSearch) => {
    const rows = groups.flatMap((group) => group.rows);
    const texts = new Map(rows.map((row) => [row, plain(`${row.textContent} ${row.dataset.words || ""}`)]));
    const statuses = new Map(rows.map((row) => [row, statusOf(row)]));
    const input = make("input", { type: "search", value: isSearch ? query.get("q") || "" : "" });
    const output = make("output", { ariaLive: "polite" });
    const tools = make("div", { className: "tools" }, make("label", {}, words.filter, input));
    const known = ORDER.filter((status) => [...statuses.values()].includes(status));
    let select = null;
    if (known.length > 1) {
      const name = (status) => table.querySelector(`.s-${status}`).lastChild.textContent.trim();
      const options = known.map((status) => make("option", { value: status }, name(status)));
      select = make("select", {}, make("option", { value: "" }, words.all), ...options);
      if (known.includes(query.get("status"))) select.value = query.get("status");
      tools.append(make("label", {}, words.status, select));
    }
    tools.append(output);
    const show = () => {
      const parts = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { heading, rows: members } of groups) {
        let any = false;
        for (const row of members) {
          const fits = parts.every((part) => texts.get(row).includes(part))
            && (!select || !select.value || statuses.get(row) === select.value);
          row.hidden = !fits;
          any ||= fits;
          shown += fits;
        }
        if (heading) heading.hidden = !any;
      }
      const all = shown === rows.length;
      output.textContent = all ? "" : words.shown.replace("%1", shown).replace("%2", rows.length);
    };
    input.addEventListener("input", show);
    if (select) select.addEventListener("change", show);
    const wrapper = table.parentElement;
    wrapper.before(tools);
    show();
  };

  // A table that fits needs no stop of the Tab key.
  const scrollers = [...document.querySelectorAll("main .small")];
  const setStops = () => {
    const wide = scrollers.map((element) => element.scrollWidth > element.clientWidth);
    scrollers.forEach((element, index) => { element.tabIndex = wide[index] ? 0 : -1; });
  };

  const isSearch = "search" in words;
  for (const table of document.querySelectorAll("main table")) {
    const body = table.tBodies[0];
    const groups = groupsOf(body);
    if (body.rows.length >= ROWS_TO_SORT) addSorting(table, groups);
    if (body.rows.length >= ROWS_TO_FILTER || isSearch) addFilter(table, groups, isSearch);
  }
  setStops();
  addEventListener("resize", setStops);
})();
