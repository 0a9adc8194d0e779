import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { isLocal, isReserved } from "../../postback/reading/hosts";
import { bareHost } from "./addresses";

/**
 * What a name stands for.
 * - `found`: its addresses, at least one.
 * - `missing`: nobody has the name, or it has no address.
 * - `local`: it is a name of one network, so DNS was not asked.
 * - `unanswered`: DNS gave no answer for this name. That proves nothing about it.
 * - `blind`: this machine sees no public names, so that its answers prove nothing.
 */
export type Resolution =
  | { readonly kind: "found"; readonly addresses: readonly string[] }
  | { readonly kind: "missing" | "local" | "unanswered" | "blind"; readonly what: string };

/** DNS as this machine sees it. */
export interface Names {
  /** Asks for each name once, as CAKE's servers would: without hosts files and search domains. */
  resolve(name: string): Promise<Resolution>;
  /** Ends all questions that are still open. */
  close(): void;
}

// Not dns.lookup: it has no timeout, four threads for all, and finds names that only this machine knows.
const TRY_MS = 2_000;
const MAX_MS = 8_000;
// A name may have hundreds. More are not tried.
const MAX_ADDRESSES = 8;
/** A name that exists as long as DNS does. A machine that cannot resolve it sees no public names. */
const CONTROL = "a.root-servers.net";

/** @param servers Addresses of DNS servers, with their ports. @default those of this machine */
export function openNames(servers?: readonly string[]): Names {
  const resolver = new Resolver({ timeout: TRY_MS, tries: 2 });
  if (servers) resolver.setServers(servers);
  const answers = new Map<string, Promise<Resolution>>();
  const once = (name: string) => {
    const answer = answers.get(name) ?? ask(resolver, name);
    answers.set(name, answer);
    return answer;
  };
  return {
    resolve: async (name) => {
      const known = withoutDns(name);
      if (known !== undefined) return known;
      const control = await once(CONTROL);
      // A dead resolver would cost seconds for each name.
      const answer = control.kind === "unanswered" ? control : await once(name);
      return control.kind === "found" || answer.kind === "found" ? answer : { kind: "blind", what: BLIND };
    },
    close: () => resolver.cancel(),
  };
}

const BLIND = "this machine resolves no public names";

/** What is decided without DNS, in the same way on each machine. */
function withoutDns(name: string): Resolution | undefined {
  const host = bareHost(name);
  if (isIP(host) > 0) return { kind: "found", addresses: [host] };
  if (isReserved(host)) return { kind: "missing", what: "the host name is reserved for tests and examples" };
  if (host === "localhost" || host.endsWith(".localhost"))
    return { kind: "found", addresses: ["127.0.0.1", "::1"] };
  const isOfOneNetwork = isLocal(host) || !host.includes(".");
  return isOfOneNetwork ? { kind: "local", what: "the host name is one of a private network" } : undefined;
}

const [NO_NAME, NO_ADDRESS] = ["ENOTFOUND", "ENODATA"];

async function ask(resolver: Resolver, name: string): Promise<Resolution> {
  const answers = await Promise.all([answered(resolver.resolve4(name)), answered(resolver.resolve6(name))]);
  const addresses = answers.flatMap((answer) => (typeof answer === "string" ? [] : answer));
  if (addresses.length > 0) return { kind: "found", addresses: addresses.slice(0, MAX_ADDRESSES) };
  const codes = answers.map(String);
  const failure = codes.find((code) => code !== NO_NAME && code !== NO_ADDRESS);
  if (failure !== undefined) return { kind: "unanswered", what: `DNS did not answer (${failure})` };
  return codes.includes(NO_NAME)
    ? { kind: "missing", what: `the host name does not exist (${NO_NAME})` }
    : { kind: "missing", what: `the host name has no address (${NO_ADDRESS})` };
}

/** The addresses, or the code of the error. */
async function answered(question: Promise<string[]>): Promise<readonly string[] | string> {
  const answer = question.catch((error: NodeJS.ErrnoException) => error.code ?? "no reason given");
  const isOver = new AbortController();
  const late = after(MAX_MS, "ETIMEOUT", { signal: isOver.signal }).catch(() => "ETIMEOUT");
  try {
    return await Promise.race([answer, late]);
  } finally {
    isOver.abort();
  }
}
