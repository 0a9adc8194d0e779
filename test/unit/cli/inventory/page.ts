import { runInNewContext } from "node:vm";
import { SCRIPT } from "../../../../provider/cli/inventory/html/script";

/** An element, as far as the report's script uses one. */
class Element {
  readonly listeners = new Map<string, () => void>();
  readonly dataset: Record<string, string> = {};
  value = "";
  hidden = false;
  disabled = false;
  private parts: (Element | string)[] = [];

  get textContent(): string {
    return this.parts.map((part) => (typeof part === "string" ? part : part.textContent)).join("");
  }

  set textContent(text: string) {
    this.parts = [text];
  }

  get childNodes(): readonly (Element | string)[] {
    return this.parts;
  }

  /** This one and all in it. */
  get all(): Element[] {
    return [this, ...this.parts.flatMap((part) => (typeof part === "string" ? [] : part.all))];
  }

  append(...parts: (Element | string)[]): void {
    this.parts.push(...parts);
  }

  replaceChildren(...parts: (Element | string)[]): void {
    this.parts = parts;
  }

  addEventListener(event: string, listener: () => void): void {
    this.listeners.set(event, listener);
  }

  setAttribute(): void {}

  querySelectorAll(): readonly Element[] {
    return [];
  }

  focus(): void {}
}

/** The page of a report, whose script runs as it would in a browser. */
export class Page {
  private readonly byId = new Map<string, Element>();

  /** @param html What `inventoryHtml` gave. */
  constructor(html: string) {
    const data = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
    this.at("data").textContent = data;
    const document = {
      getElementById: (id: string) => this.at(id),
      createElement: () => new Element(),
      querySelectorAll: () => [],
    };
    runInNewContext(SCRIPT, { document, addEventListener: () => {} });
  }

  /** What stands in the place with the id. */
  text(id: string): string {
    return this.at(id).textContent;
  }

  /** Counts by something else. */
  countBy(kind: string): void {
    const choice = this.at("grouping").all.find(({ listeners }) => listeners.has("change"));
    if (choice === undefined) throw new Error("There is nothing to choose from.");
    choice.value = kind;
    choice.listeners.get("change")?.();
  }

  /** Presses the button with the text in the place with the id. */
  press(id: string, text: string): void {
    const button = this.at(id).all.find(
      ({ listeners, textContent }) => listeners.has("click") && textContent === text,
    );
    if (button === undefined) throw new Error(`There is no button ${text}.`);
    button.listeners.get("click")?.();
  }

  private at(id: string): Element {
    const known = this.byId.get(id) ?? new Element();
    this.byId.set(id, known);
    return known;
  }
}
