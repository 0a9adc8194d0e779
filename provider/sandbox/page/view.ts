import { html } from "hono/html";
import { endpoints } from "../../cake/endpoints";
import { POSTBACK_STATUSES, type Postback } from "../../postback/postback";
import type { SandboxInstance } from "../instance";
import type { RecordedRequest } from "../requests";
import { addressOf, type Selection, type Shown } from "./selection";

/** A piece of HTML whose values are escaped already. */
export type Markup = ReturnType<typeof html>;

export interface View {
  readonly name: string;
  readonly instances: readonly SandboxInstance[];
  readonly selection: Selection;
  readonly shown: Shown;
  readonly requests: readonly RecordedRequest[];
  /** Proves that an edit comes from this page of this run. */
  readonly token: string;
  readonly message: string | undefined;
}

export function pageView(view: View): Markup {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${view.name} · CAKE sandbox</title>
  <link rel="stylesheet" href="/style.css">
</head>
<body>
  ${header(view)}
  <main>
    ${view.message === undefined ? "" : html`<p class="message" role="status">${view.message}</p>`}
    ${postbacks(view)}
    ${requestLog(view.requests)}
    ${endpointTable()}
  </main>
</body>
</html>
`;
}

function header({ name, instances }: View): Markup {
  const others = instances.filter((instance) => instance.name !== name);
  return html`<header>
    <p class="kind">CAKE sandbox</p>
    <h1>${name}</h1>
    <p>An emulator: nothing here fires a conversion. An edit on this page is a change behind the stack's back; the next preview with refresh shows it as drift.</p>
    ${
      others.length === 0
        ? ""
        : html`<nav aria-label="Other instances"><ul>${others.map(
            (other) => html`<li><a href="${other.url}/">${other.name}</a></li>`,
          )}</ul></nav>`
    }
  </header>`;
}

function postbacks(view: View): Markup {
  const { selection, shown } = view;
  return html`<section aria-labelledby="postbacks">
    <h2 id="postbacks">Live postbacks</h2>
    <form class="search" method="get" action="/" role="search">
      <label for="q">An id, a status or part of a URL</label>
      <input id="q" name="q" type="search" value="${selection.search}" autocomplete="off">
      <button>Search</button>
    </form>
    <p>${shown.matches} ${shown.matches === 1 ? "postback" : "postbacks"}${selection.search === "" ? "" : " found"}</p>
    ${shown.rows.length === 0 ? "" : postbackTable(view)}
    ${pager(view)}
  </section>`;
}

function postbackTable({ shown, selection, token }: View): Markup {
  return html`<div class="wide" role="region" aria-label="Table of postbacks" tabindex="0">${table(
    ["Postback", "Affiliate", "Offer", "Type", "Status", "URL"],
    shown.rows.map((row) => postbackRow(row, selection, token)),
  )}</div>`;
}

function table(headings: readonly string[], rows: readonly Markup[]): Markup {
  return html`<table role="table">
      <thead role="rowgroup"><tr role="row">${headings.map(
        (heading) => html`<th scope="col" role="columnheader">${heading}</th>`,
      )}</tr></thead>
      <tbody role="rowgroup">${rows}</tbody>
    </table>`;
}

function rowHeader(heading: string, content: string | number): Markup {
  return html`<th scope="row" role="rowheader" data-label="${heading}">${content}</th>`;
}

function cell(heading: string, content: string | number | Markup): Markup {
  return html`<td role="cell" data-label="${heading}">${content}</td>`;
}

// The URL is code and never a link: a click, or a browser that loads ahead, would fire a conversion.
function postbackRow(row: Postback, selection: Selection, token: string): Markup {
  return html`
      <tr id="postback-${row.postbackId}" role="row">
        ${rowHeader("Postback", row.postbackId)}
        ${cell("Affiliate", row.affiliateId)}
        ${cell("Offer", row.offerId === 0 ? "0 (all)" : row.offerId)}
        ${cell("Type", row.postbackType)}
        ${cell("Status", html`<span class="status ${row.postbackStatus === "active" ? "active" : "other"}">${row.postbackStatus}</span>`)}
        <td role="cell" class="url" data-label="URL"><div class="editable">
          <code>${row.postbackUrl}</code>
          <details>
            <summary>Edit <span class="unseen">postback ${row.postbackId}</span></summary>
            ${editForm(row, selection, token)}
          </details>
        </div></td>
      </tr>`;
}

function editForm(row: Postback, { search, page }: Selection, token: string): Markup {
  const id = row.postbackId;
  const statuses = [...new Set<string>([...POSTBACK_STATUSES, row.postbackStatus])];
  return html`<form method="post" action="/postbacks/${id}">
              <input type="hidden" name="token" value="${token}">
              <input type="hidden" name="q" value="${search}">
              <input type="hidden" name="page" value="${page}">
              <label for="url-${id}">Postback URL</label>
              <input id="url-${id}" name="postback_url" type="text" value="${row.postbackUrl}" required spellcheck="false" autocomplete="off">
              <label for="status-${id}">Status</label>
              <select id="status-${id}" name="postback_status">${statuses.map(
                (status) =>
                  html`<option${status === row.postbackStatus ? " selected" : ""}>${status}</option>`,
              )}</select>
              <button>Save</button>
            </form>`;
}

function pager({ selection, shown }: View): Markup | "" {
  if (shown.pages === 1) return "";
  const link = (page: number, words: string, rel: string) =>
    page < 1 || page > shown.pages
      ? ""
      : html`<a href="${addressOf({ ...selection, page })}" rel="${rel}">${words}</a>`;
  return html`<nav class="pager" aria-label="Pages">
      ${link(shown.page - 1, "Previous", "prev")}
      <span>Page ${shown.page} of ${shown.pages}</span>
      ${link(shown.page + 1, "Next", "next")}
    </nav>`;
}

function requestLog(requests: readonly RecordedRequest[]): Markup {
  return html`<section aria-labelledby="requests">
    <h2 id="requests">Latest requests</h2>
    ${
      requests.length === 0
        ? html`<p>None yet.</p>`
        : html`<div class="wide" role="region" aria-label="Table of requests" tabindex="0">${table(
            ["No.", "Request", "Endpoint", "Answered", "Fault"],
            requests.map(
              (request) => html`
      <tr role="row">
        ${rowHeader("No.", request.number)}
        ${cell("Request", html`<code>${request.method} ${request.path}</code>`)}
        ${cell("Endpoint", request.operation)}
        ${cell("Answered", request.status ?? "not yet")}
        ${cell("Fault", request.fault ?? "")}
      </tr>`,
            ),
          )}</div>`
    }
  </section>`;
}

function endpointTable(): Markup {
  return html`<section aria-labelledby="endpoints">
    <h2 id="endpoints">Endpoints</h2>
    <p>A documented endpoint stands in a CAKE article. An assumed one follows the convention of its siblings, and nobody outside CAKE can prove it.</p>
    <div class="wide" role="region" aria-label="Table of endpoints" tabindex="0">${table(
      ["Name", "Call", "Standing", "Source"],
      Object.entries(endpoints).map(
        ([name, endpoint]) => html`
      <tr role="row">
        ${rowHeader("Name", name)}
        ${cell("Call", html`<code>${endpoint.method} ${endpoint.path}</code>`)}
        ${cell("Standing", endpoint.standing)}
        ${cell("Source", endpoint.source)}
      </tr>`,
      ),
    )}</div>
  </section>`;
}
