/**
 * The page's only script. It makes elements and sets their text, and never HTML: what partners have written stays text. A
 * URL is no link, because a click would fire a conversion.
 */
export const SCRIPT = String.raw`
"use strict";
const { records, groups, rules, words } = JSON.parse(document.getElementById("data").textContent);
records.forEach((one, index) => { one.at = index; });
const PAGE = 100, GROUPS = 50;
const { marks: MARKS, untold: UNTOLD, isCompared } = words;
const ALARMING = new Set(["missing", "drifted", "duplicate", "broken", "claimedTwice"]);
const state = { text: "", is: "", group: null, sort: 0, down: false, page: 0, open: new Set(), kind: "host", groupSort: 1, groupDown: true, allGroups: false };

const inert = (text) => String(text ?? "").replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD");
function make(tag, content, attributes = {}) {
  const element = document.createElement(tag);
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

const COLUMNS = [
  ["Id", (one) => one.id, (one) => detailButton(one)],
  ["Affiliate", (one) => one.affiliateId, (one) => one.affiliateId],
  ["Offer", (one) => one.offerId, (one) => (one.offerId === 0 ? "0 (all)" : one.offerId)],
  ["Status", (one) => one.status, (one) => one.status],
  ["URL", (one) => one.url ?? "", (one) => (one.url === null ? UNTOLD.url : make("code", one.url))],
  ["What", (one) => one.saying, (one) => (isAlarming(one) ? make("span", one.saying, { class: "alarm" }) : one.saying)],
  ["Managed by", (one) => managersOf(one), (one) => managersOf(one)],
];
const KEYS = { affiliate: (one) => String(one.affiliateId ?? UNTOLD.fact), offer: (one) => String(one.offerId ?? UNTOLD.fact),
  host: (one) => one.host ?? UNTOLD.url, tracker: (one) => one.tracker ?? (one.url === null ? UNTOLD.url : UNTOLD.tracker),
  shape: (one) => one.shape ?? UNTOLD.url };

const managersOf = (one) => one.managedBy.map(({ stack, name }) => stack + " " + name).join(", ");
const isAlarming = (one) => [one.standing, ...one.marks].some((word) => ALARMING.has(word));
function detailButton(one) {
  const open = state.open.has(one);
  return button(one.id, () => { open ? state.open.delete(one) : state.open.add(one); draw(one); },
    { class: "plain", "aria-expanded": open, "aria-label": "Postback " + one.id + ": details", id: "detail-" + one.at });
}

const haystacks = new WeakMap();
function haystack(one) {
  if (!haystacks.has(one)) haystacks.set(one, [one.instance, one.id, one.affiliateId, one.offerId, one.status, one.host, one.tracker,
    one.url, managersOf(one), one.saying, ...one.findings.map(({ rule }) => rule)].join("\n").toLowerCase());
  return haystacks.get(one);
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
  const matches = records.filter((one) =>
    (state.is === "" || one.standing === state.is || one.marks.includes(state.is)) &&
    (state.group === null || KEYS[state.group.kind](one) === state.group.key) &&
    words.every((word) => haystack(one).includes(word)));
  return ordered(matches, COLUMNS[state.sort][1], state.down);
}

function headings(names, sort, down, onSort) {
  return make("thead", make("tr", names.map((name, index) => {
    const way = index === sort ? (down ? "descending" : "ascending") : "none";
    const arrow = index === sort ? (down ? " ↓" : " ↑") : "";
    return make("th", button([name, make("span", arrow, { "aria-hidden": "true" })], () => onSort(index)), { scope: "col", "aria-sort": way });
  })));
}
function rowsOf(one) {
  const cells = COLUMNS.map(([, , cell], index) => make(index === 0 ? "th" : "td", cell(one) ?? "", index === 0 ? { scope: "row" } : {}));
  return [make("tr", cells), ...(state.open.has(one) ? [make("tr", make("td", detailOf(one), { colspan: COLUMNS.length }), { class: "detail" })] : [])];
}
function detailOf(one) {
  const facts = [["Instance", one.instance], ["Type", one.type ?? UNTOLD.fact], ["Host", KEYS.host(one)], ["Tracker", KEYS.tracker(one)],
    ["Shape", one.shape === null ? UNTOLD.url : make("code", one.shape)]];
  for (const { part, name, from, to } of one.drift) {
    const shown = (value) => (value === null ? "nothing" : make("code", value));
    facts.push(["Drifted", [part + (name === null ? "" : " " + name), ...(from === null && to === null ? [" (not shown)"] : [": ", shown(from), " → ", shown(to)])]]);
  }
  for (const { rule, severity, part, what, suppressed } of one.findings) {
    const { name, fix } = rules[rule] ?? { name: "", fix: "" };
    facts.push([rule + " " + name, part + " " + what + ". " + (suppressed === undefined ? "(" + severity + ") " + fix : "Borne because: " + suppressed)]);
  }
  return make("dl", facts.flatMap(([term, fact]) => [make("dt", term), make("dd", fact)]));
}

let isPrinting = false;
function draw(focus) {
  const list = chosen();
  const last = Math.max(0, Math.ceil(list.length / PAGE) - 1);
  state.page = Math.min(state.page, last);
  const shown = isPrinting ? list : list.slice(state.page * PAGE, (state.page + 1) * PAGE);
  const only = state.group === null ? "" : " with " + state.group.kind + " " + state.group.key;
  byId("count").textContent = inert(list.length.toLocaleString("en") + " of " + records.length.toLocaleString("en") + " postbacks" + only +
    (last > 0 && !isPrinting ? ", page " + (state.page + 1) + " of " + (last + 1) : ""));
  const sortBy = (index) => { state.down = state.sort === index ? !state.down : false; state.sort = index; state.page = 0; draw(); byId("table").querySelectorAll("thead button")[index].focus(); };
  byId("table").replaceChildren(make("table", [make("caption", "Postbacks"), headings(COLUMNS.map(([name]) => name), state.sort, state.down, sortBy),
    make("tbody", shown.flatMap(rowsOf))]));
  const turn = (by, label) => () => { state.page += by; draw(); byId("records").focus(); };
  const step = (by, label, off) => { const one = button(label, turn(by)); one.disabled = off; return one; };
  byId("pages").replaceChildren(...(last === 0 ? [] : [step(-1, "Previous", state.page === 0), step(1, "Next", state.page === last)]));
  for (const one of document.querySelectorAll("#figures button")) one.setAttribute("aria-pressed", String(one.dataset.is === state.is));
  byId("is").value = state.is;
  byId("clear").hidden = state.group === null && state.text === "" && state.is === "";
  if (focus) byId("detail-" + focus.at)?.focus();
}
function drawGroup() {
  const names = ["", "Live", "Managed", "Unmanaged", "Missing", "Drifted", "Firing twice", "Breaking a rule", "Inactive"];
  const fields = ["key", "live", "managed", "unmanaged", "missing", "drifted", "duplicate", "broken", "inactive"];
  names[0] = state.kind.charAt(0).toUpperCase() + state.kind.slice(1);
  const list = ordered(groups[state.kind], (one) => one[fields[state.groupSort]], state.groupDown);
  const shown = state.allGroups || isPrinting ? list : list.slice(0, GROUPS);
  const sortBy = (index) => { state.groupDown = state.groupSort === index ? !state.groupDown : index > 0; state.groupSort = index; drawGroup(); byId("group").querySelectorAll("thead button")[index].focus(); };
  const pick = (key) => () => { state.group = { kind: state.kind, key }; state.page = 0; draw(); byId("records").focus(); };
  const rows = shown.map((one) => make("tr", fields.map((field, index) => index === 0
    ? make("th", button(make("code", one.key), pick(one.key), { class: "plain" }), { scope: "row" }) : make("td", one[field], { class: "number" }))));
  const more = shown.length < list.length ? [button("Show all " + list.length, () => { state.allGroups = true; drawGroup(); })] : [];
  byId("group").replaceChildren(make("table", [make("caption", "Counted by " + state.kind), headings(names, state.groupSort, state.groupDown, sortBy), make("tbody", rows)]), ...more);
}

function option(value, text) { return make("option", text, { value }); }
function controls() {
  const search = make("input", [], { type: "search", id: "search", autocomplete: "off", spellcheck: "false" });
  search.addEventListener("input", () => { state.text = search.value; state.page = 0; draw(); });
  const choice = make("select", [option("", "all"), ...(isCompared ? ["managed", "unmanaged", "missing"] : []).map((one) => option(one, one)),
    ...Object.entries(MARKS).map(([mark, word]) => option(mark, word))], { id: "is" });
  choice.addEventListener("change", () => { state.is = choice.value; state.page = 0; draw(); });
  const clear = button("Show all", () => { Object.assign(state, { text: "", is: "", group: null, page: 0 }); search.value = ""; draw(); search.focus(); }, { id: "clear" });
  byId("controls").append(make("label", ["An id, part of a URL, a name, a rule", search]), make("label", ["That are", choice]), clear);
  for (const item of document.querySelectorAll("#figures li")) {
    const { is } = item.dataset;
    item.replaceChildren(button([...item.childNodes], () => { state.is = state.is === is ? "" : is; state.page = 0; draw(); }, { "data-is": is, "aria-pressed": "false" }));
  }
  const kinds = make("select", Object.keys(groups).map((kind) => option(kind, kind)), { id: "kind" });
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
