/**
 * The page's only script. It makes elements and sets their text, and never HTML: what partners have written stays text. A
 * URL is not a link, because a click would fire a conversion.
 */
export const SCRIPT = String.raw`
"use strict";
const { columns, rows, groups, counts, conditions } = JSON.parse(document.getElementById("data").textContent);
rows.forEach((row, index) => { row.at = index; });
const PAGE = 100, GROUPS = 50;
const TABLE = columns.map((column, at) => ({ ...column, at })).filter(({ inTable }) => inTable);
const DETAILS = columns.map((column, at) => ({ ...column, at })).filter(({ inTable }) => !inTable);
const KINDS = Object.keys(groups);
const URGENCY = TABLE.findIndex(({ heading }) => heading === "Condition");
const state = { text: "", is: "", group: null, sort: URGENCY, down: false, page: 0, open: new Set(), kind: "host", groupSort: 1, groupDown: true, allGroups: false };

const inert = (text) => String(text ?? "").replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD");
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
const SCOPES = { col: "columnheader", row: "rowheader" };
function make(tag, content, attributes = {}) {
  const element = document.createElement(tag);
  const role = ROLES[tag] ?? SCOPES[attributes.scope];
  if (role !== undefined) element.setAttribute("role", role);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  for (const part of [content ?? []].flat()) element.append(typeof part === "object" ? part : inert(part));
  return element;
}
function button(content, onClick, attributes = {}) {
  const element = make("button", content, { type: "button", ...attributes });
  element.addEventListener("click", onClick);
  return element;
}
const byId = (id) => document.getElementById(id);

const partOf = (part) => (typeof part === "object" ? make("code", part.quoted) : part);
const shown = (cell) => (cell === null ? "unknown" : typeof cell === "object" ? cell.map((line) => make("div", line.map(partOf))) : cell);
const textOf = (cell) => (cell === null || typeof cell !== "object" ? cell : cell.flat().map((part) => part.quoted ?? part).join(""));
function detailButton(row, id) {
  const open = state.open.has(row);
  return button(id, () => { open ? state.open.delete(row) : state.open.add(row); draw(row); },
    { class: "plain", "aria-expanded": open, "aria-label": "Postback " + id + ": details", id: "detail-" + row.at });
}
function cellOf({ heading, at }, row) {
  if (heading === "ID") return detailButton(row, row.cells[at]);
  if (heading === "Offer" && row.cells[at] === 0) return "0 (all)";
  return shown(row.cells[at]);
}

const haystacks = new WeakMap();
function haystack(row) {
  if (!haystacks.has(row)) haystacks.set(row, row.cells.map(textOf).join("\n").toLowerCase());
  return haystacks.get(row);
}
const compare = new Intl.Collator("en", { numeric: true }).compare;
function ordered(list, keyOf, down) {
  const keyed = list.map((one) => [keyOf(one), one]);
  keyed.sort(([a], [b]) => {
    if (a === null || b === null) return (a === null) - (b === null);
    const way = typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
    return down ? -way : way;
  });
  return keyed.map(([, one]) => one);
}
function chosen() {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = rows.filter((row) =>
    (state.is === "" || row.is.includes(state.is)) &&
    (state.group === null || row.groups[state.group.kind] === state.group.index) &&
    words.every((word) => haystack(row).includes(word)));
  const { at } = TABLE[state.sort];
  return ordered(matches, state.sort === URGENCY ? (row) => row.at : (row) => textOf(row.cells[at]), state.down);
}

function headings(names, sort, down, onSort) {
  return make("thead", make("tr", names.map((name, index) => {
    const way = index === sort ? (down ? "descending" : "ascending") : "none";
    const arrow = index === sort ? (down ? " ↓" : " ↑") : "";
    return make("th", button([name, make("span", arrow, { "aria-hidden": "true" })], () => onSort(index)), { scope: "col", "aria-sort": way });
  })));
}
function rowsOf(row) {
  const cells = TABLE.map((column) => column.heading === "ID" ? make("th", cellOf(column, row), { scope: "row", "data-label": "ID" })
    : make("td", cellOf(column, row), { class: column.heading === "URL" ? "url" : column.heading === "Condition" && row.isAlarm ? "alarm" : undefined, "data-label": column.heading }));
  return [make("tr", cells), ...(state.open.has(row) ? [make("tr", make("td", detailOf(row), { colspan: TABLE.length }), { class: "detail" })] : [])];
}
function detailOf(row) {
  const facts = DETAILS.filter(({ at }) => row.cells[at]?.length !== 0);
  return make("dl", facts.flatMap(({ heading, at }) => [make("dt", heading), make("dd", shown(row.cells[at]))]));
}

let isPrinting = false;
function draw(focus) {
  const list = chosen();
  const last = Math.max(0, Math.ceil(list.length / PAGE) - 1);
  state.page = Math.min(state.page, last);
  const onPage = isPrinting ? list : list.slice(state.page * PAGE, (state.page + 1) * PAGE);
  const only = state.group === null ? "" : " with " + KINDS[state.group.kind] + " " + state.group.key;
  byId("count").textContent = inert(list.length.toLocaleString("en") + " of " + rows.length.toLocaleString("en") + " postbacks" + only +
    (last > 0 && !isPrinting ? ", page " + (state.page + 1) + " of " + (last + 1) : ""));
  const sortBy = (index) => { state.down = state.sort === index ? !state.down : false; state.sort = index; state.page = 0; draw(); byId("table").querySelectorAll("thead button")[index].focus(); };
  byId("table").replaceChildren(make("table", [make("caption", "Postbacks"), headings(TABLE.map(({ heading }) => heading), state.sort, state.down, sortBy),
    make("tbody", onPage.flatMap(rowsOf))]));
  const turn = (by) => () => { state.page += by; draw(); byId("postbacks").focus(); };
  const step = (by, label, off) => { const one = button(label, turn(by)); one.disabled = off; return one; };
  byId("pages").replaceChildren(...(last === 0 ? [] : [step(-1, "Previous", state.page === 0), step(1, "Next", state.page === last)]));
  for (const one of document.querySelectorAll("#figures button")) one.setAttribute("aria-pressed", String(one.dataset.is === state.is));
  byId("is").value = state.is;
  byId("clear").hidden = state.group === null && state.text === "" && state.is === "";
  if (focus) byId("detail-" + focus.at)?.focus();
}
function drawGroup() {
  const list = ordered(groups[state.kind].map((group, index) => ({ ...group, index })), (group) => group[counts[state.groupSort][0]], state.groupDown);
  const onPage = state.allGroups || isPrinting ? list : list.slice(0, GROUPS);
  const sortBy = (index) => { state.groupDown = state.groupSort === index ? !state.groupDown : index > 0; state.groupSort = index; drawGroup(); byId("group").querySelectorAll("thead button")[index].focus(); };
  const pick = ({ key, index }) => () => { state.group = { kind: KINDS.indexOf(state.kind), key, index }; state.page = 0; draw(); byId("postbacks").focus(); };
  const lines = onPage.map((group) => make("tr", counts.map(([field, heading], index) => index === 0
    ? make("th", button(make("code", group.key), pick(group), { class: "plain" }), { scope: "row", class: "url" })
    : make("td", group[field], { class: group[field] === 0 ? "number zero" : "number", "data-label": heading }))));
  const more = onPage.length < list.length ? [button("Show all " + list.length, () => { state.allGroups = true; drawGroup(); })] : [];
  byId("group").replaceChildren(make("table", [make("caption", "Counted by " + state.kind),
    headings(counts.map(([, heading], index) => (index === 0 ? state.kind : heading)), state.groupSort, state.groupDown, sortBy), make("tbody", lines)]), ...more);
}

function option(value, text) { return make("option", text, { value }); }
function controls() {
  const search = make("input", [], { type: "search", id: "search", autocomplete: "off", spellcheck: "false" });
  search.addEventListener("input", () => { state.text = search.value; state.page = 0; draw(); });
  const choice = make("select", [option("", "all"), ...conditions.map(([is, label]) => option(is, label))], { id: "is" });
  choice.addEventListener("change", () => { state.is = choice.value; state.page = 0; draw(); });
  const clear = button("Show all", () => { Object.assign(state, { text: "", is: "", group: null, page: 0 }); search.value = ""; draw(); search.focus(); }, { id: "clear" });
  byId("controls").append(make("label", ["An ID, part of a URL, a name, a rule", search]), make("label", ["That are", choice]), clear);
  for (const item of document.querySelectorAll("#figures li")) {
    const { is } = item.dataset;
    item.replaceChildren(button([...item.childNodes], () => { state.is = state.is === is ? "" : is; state.page = 0; draw(); }, { "data-is": is, "aria-pressed": "false" }));
  }
  const kinds = make("select", KINDS.map((kind) => option(kind, kind)), { id: "kind" });
  kinds.value = state.kind;
  kinds.addEventListener("change", () => { state.kind = kinds.value; state.allGroups = false; drawGroup(); });
  byId("grouping").append(make("label", ["Count by", kinds]));
}
function printing(is) { isPrinting = is; draw(); drawGroup(); }
addEventListener("beforeprint", () => printing(true));
addEventListener("afterprint", () => printing(false));
controls();
draw();
drawGroup();
`;
