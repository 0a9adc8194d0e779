import type { FailureKind } from "./probe";

/** What findings mean for a stack, and what to do. */
export const advice = {
  proxyFromEnvironment:
    "Wherever the stack runs, calls must leave from an address on CAKE's allow-list. Set cake:proxy to be sure.",
  proxyUnusable: "No call can be made. Correct the variable (HTTPS_PROXY, ALL_PROXY), or set cake:proxy.",
  unknownHost: "Check how the domain is spelled, and whether this machine can resolve names.",
  insecureHttp: "The key travels in clear text. Use https.",
  checksOff:
    "NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates: anybody on the way can read the key. Unset it.",
  untrusted:
    "No key was sent. Check the domain. If a private authority issued the certificate, name that authority's file in NODE_EXTRA_CA_CERTS.",
  endsSoon: "Calls stop working when the certificate ends. Ask whoever runs this host to renew it.",
  noTls: "Check the domain with its port: something else than an https server may listen there.",
  noConnection: "Check the domain with its port, the firewall, and the proxy if there is one.",
  proxyPassword: "The proxy asks for a user and a password: cake:proxy takes http://user:password@host:port.",
  proxyRefused:
    "The proxy does not let this machine through to CAKE. Check cake:proxy, and what the proxy allows.",
  ignored:
    "CAKE ignores addresses that are not on its allow-list, and this looks like it. Add this machine's address, or its proxy's: Setup > Blocks and Profanity > IP Whitelisting.",
  expectIds:
    "Name postbacks that you know with --expect-id: it is the only proof that the key sees the right network, and all of it.",
  wrongNetwork:
    "This is another network's CAKE, or the key sees only a part of it, or the postback was removed. Resolve it before the first pulumi refresh.",
  notShownByPart: "The list is incomplete, so the postback may be there all the same.",
  emptyList: "A key without rights gets an empty list, too. Run the doctor again when there is a postback.",
  listNotRead: "Creates and updates are not checked against the list, and drift is not seen.",
  listMissing:
    'Without a list every create and update stops, and drift is not seen. If your CAKE lists postbacks elsewhere, name the path: --paths \'{"list": "/its/path"}\'. If it has no list, set cake:endpoints to without-list.',
  listSilent:
    "The server answered other calls, so it is the list itself. Try a smaller cake:pageSize or a longer cake:requestTimeout.",
  listFails:
    "Every create and update stops while the list cannot be read. Run the doctor again; if this stays, ask CAKE's support.",
  incomplete:
    "An incomplete list never proves that a postback is gone, so pulumi-cake keeps the state. Run the doctor again, in case somebody was changing postbacks.",
  incompleteForCreates: "Creates stop, too, because the filters do not help.",
  wrongTotal: "A list whose total and rows differ counts as incomplete.",
  filtersIgnored: "Every read of one postback reads all pages.",
  filtersIncomplete:
    "A read by id or affiliate can miss live postbacks. Run the doctor again; if this stays, ask CAKE's support.",
  writeUnknown:
    'A run sends its first write alone, checks it, and stops if it is missing or does more than requested. To try it before, see "Prove writes" in docs/doctor.md.',
  updateMissing:
    'Changes and removals stop. If your CAKE updates postbacks elsewhere, name the path: --paths \'{"update": "/its/path"}\'. If it cannot, set cake:endpoints to documented: changes then become a work list.',
  updateNotUsed: "Changes and removals become a work list, to be done by hand in CAKE.",
  logMissing: "CAKE documents it, so check that the domain is your CAKE instance. Stacks do not need it.",
  slow: "Give calls more time, as below.",
  throttled: "Send fewer calls at once, as below.",
} as const;

const NOT_CAKE =
  "This may be a login page, a firewall's block page, or another server than CAKE. Check the domain.";
const RUN_AGAIN = "Check that the domain is your CAKE instance, and run the doctor again.";

/** What it means that no call with the key was answered with data. */
export const keyAdvice: Readonly<Record<FailureKind, string>> = {
  key: "A new key in CAKE ends the old one at once. Or the key's role may not use the API.",
  missing:
    'Nothing else that CAKE documents proves a key. Check that the domain is your CAKE instance. If it is, it may have the list elsewhere: --paths \'{"list": "/its/path"}\' (setting cake:paths). If it has no list: pulumi config set cake:endpoints without-list; creates are then not checked, and the first one shows whether the key is accepted.',
  redirect:
    "Set the domain to the host on which CAKE itself answers. No redirect is followed, because it would hand the key on.",
  webPage: NOT_CAKE,
  timeout:
    "The server answered a call without the key, so the connection is there. Try a longer cake:requestTimeout; if the list is elsewhere, name its path with --paths.",
  empty:
    "CAKE gives empty answers to addresses that are not on its allow-list (Setup > Blocks and Profanity > IP Whitelisting). Or this is another server: check the domain.",
  unreached: advice.noConnection,
  lost: RUN_AGAIN,
  throttled: RUN_AGAIN,
  refused: RUN_AGAIN,
  unexpected: NOT_CAKE,
};
