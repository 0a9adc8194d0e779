import { DOCUMENTED_MACROS } from "../macros";
import { holdsMarkup } from "../reading/markup";
import { plainName, type UrlComponent } from "../reading/reading";
import { clickIdRank, isAmount, isKnownName, roleOfName } from "../reading/vocabulary";
import { PLACES, type UrlFinding, type UrlRule } from "./rule";

/** P02: a text of a template that nobody replaced. */
export const placeholder: UrlRule = {
  id: "P02",
  name: "placeholder",
  title: "a placeholder of a template",
  severity: "error",
  runsIn: PLACES,
  why: "A text of the tracker's template was not replaced. The partner receives it unchanged.",
  source:
    "docs.bemob.com: such a URL is not tracked; doc.voluum.com, whose templates say REPLACE and OPTIONAL; public postbacks with REPLACE, UNIQUEID, XXXXXX and GOAL_ID",
  fix: "Replace it with the value or the macro, or remove the parameter.",
  bad: "https://t.partner.net/pb?cid=REPLACE&payout=#price#",
  good: "https://t.partner.net/pb?cid=#s2#&payout=#price#",
  find: ({ url, components }) => {
    const mayHoldAngles = holdsMarkup(url);
    return components.flatMap((part): UrlFinding[] => {
      const isLeft = holdsPlaceholder(part) || (!mayHoldAngles && isInAngles(part.text));
      if (isLeft) return [{ part, what: "still has the placeholder of a template", quoted: part.value }];
      return isZeroId(part)
        ? [{ part, what: "is an ID of zeros only", quoted: part.value, severity: "warning" }]
        : [];
    });
  },
};

function holdsPlaceholder({ kind, plain, value, macros }: UrlComponent): boolean {
  if (kind === "host") return NO_HOST.test(value);
  if (kind === "path") return value.split("/").some(isPlaceholder);
  if (macros.length > 0 || value === "") return false;
  return isPlaceholder(value) || isPlaceholder(withoutBrackets(value))
    ? !(CATEGORY.test(plain) && /^x+$/i.test(value)) &&
        !(TAKES_A_NAME.test(plain) && NAME_OF_ID.test(value) && !plainName(value).startsWith(plain))
    : isOwnName(plain, value);
}

/** Whether a complete value or segment is a text to be replaced. "optional" and "ENTERPRISE" may be values. */
export function isPlaceholder(text: string): boolean {
  return text.length <= MAX_LENGTH && [CAPITALS, NAME_OF_ID, ANY_CASE, CROSSES].some((one) => one.test(text));
}

function withoutBrackets(text: string): string {
  return text.slice(0, MAX_LENGTH + 2).replace(/^[[({<]|[\])}>]$/g, "");
}

const MAX_LENGTH = 64;
const CAPITALS =
  /^(?:REPLACE[_-][A-Z0-9_-]{1,50}|OPTIONAL|PLACEHOLDER|TODO|TBD|FIXME|(?:INSERT|ENTER|PUT|SOME|MACRO|ADD)[_-][A-Z0-9_-]{2,60}|YOUR[_-]?[A-Z0-9_-]{2,60}|UNIQUE_?[A-Z0-9_]{2,60}|[A-Z0-9_-]{1,50}[_-](?:HERE|PLACEHOLDER|MACRO)|(?:NAME|TYPE|ID)_?OF_?[A-Z_]{3,40}|ORDER_?ID|EVENT_NAME|TRACKING_DOMAIN)$/;
const NAME_OF_ID =
  /^(?:(?:CLICK|SUB|TX|TXN|TRANSACTION|AFFILIATE|CAMPAIGN|OFFER|GOAL|USER|NETWORK|PIXEL|ADVERTISER|PARTNER|EVENT)_?ID|(?:SECURITY|ACCESS|API|POSTBACK|AUTH)_?(?:TOKEN|KEY|HASH))$/;
const ANY_CASE =
  /^(?:replace(?:[_-](?:me|this|it|with|click|sub|payout|id|value|your|here)\w{0,40}|me)?|your[_-]?(?:click|sub|transaction|campaign|affiliate|network|tracking|security|api|token|secret|value|id|parameter|param|key|account|offer|goal|event|custom|personal)(?:[_-]?(?:id|name|key|here|token|hash|code|value|url|domain|secret|number|param|parameter)[\w-]{0,20})?|change[_-]?(?:me|this)|put[_-]\w{2,40}|insert[_-](?:your|click|sub|id|value|token|here|payout)\w{0,40}|(?:some|any|your|the|my)[_-]?value|partner_name|undefined|redacted|\[object(?:%20|[ +])object\]|\u2022{2,20}|placeholder|tbd|todo|(?:my|enter|insert|put|add|your)[_-]\w{1,40}_(?:here|id)|[\w-]{1,50}[_-]here|\.{3}|…)$/i;
// "Xxx" may be a name.
const CROSSES =
  /^(?:[*?_.]{3,60}|(?:%3F){2,20}|y{3,60}|Y{3,60}|VALUE|x{2,60}|X{2,60}|(?:X{2,12}-){1,8}X{2,12}|(?:x{2,12}-){1,8}x{2,12})$/;
/** The names of parameters in which "xxx" is a category or a country. */
const CATEGORY =
  /^(?:cat|category|vertical|niche|genre|tags?|kw|keywords?|country|geo|lang|language|cc|locale)$/;
/** The names of parameters whose value may be the name of an event, such as CLICK_ID. */
const TAKES_A_NAME = /^(?:event|eventtype|action|goal|type|et|ct|conversiontype|convtype|ev|e)$/;
const NO_HOST =
  /(?:^|[.@])(?:your[_-]?(?:own[_-]?|custom[_-]?)?(?:tracking[_-]?|tracker[_-]?)?(?:domain|subdomain|tracker|host|server|site|company|network|url|name)|(?:my|the)[_-]?(?:tracking[_-]?)?domain|x{3,30}|replace(?:[_-]?me)?|placeholder|undefined|null|nan|network_?id|(?:tracking_?)?domain(?=$))(?=[.:]|$)|^your\.|^(?:www\.|track\.|tracking\.|tracker\.|postback\.|trk\.|go\.)?(?:[a-z]{2,20}[_-](?:dedicated[_-])?)?(?:tracking-?|tracker-?)?domain\.(?:com|net|org|tld|io)(?=:|$)|\.tld(?=:|$)/i;

// goal_id=GOAL_ID, clickid=clickid, name=EVENT_NAME, payout=amount, value=PAYOUT.
function isOwnName(plain: string, value: string): boolean {
  if (value.length > MAX_LENGTH || !/^[A-Za-z][A-Za-z_-]{2,}$/.test(value)) return false;
  const said = plainName(value);
  const isCapitals = value === value.toUpperCase();
  const role = roleOfName(plain);
  if (role === "amount") return isKnownName(said);
  if (said === plain) return isCapitals || clickIdRank(plain) !== undefined || role === "transactionId";
  if (!isCapitals) return false;
  if (value.includes("_") && plain.length >= 3 && said.endsWith(plain)) return true;
  return value.length >= 4 && isValueName(said) && !TAKES_A_NAME.test(plain);
}

/** Whether a word is the name of a value that CAKE sends. */
function isValueName(said: string): boolean {
  const isId = roleOfName(said) === "transactionId" || clickIdRank(said) !== undefined;
  return isId || isAmount(said) || DOCUMENTED_MACROS.has(said);
}

// A document may print <x> for what is to be replaced.
function isInAngles(text: string): boolean {
  return (text.includes("<") || text.includes("%3")) && /<[\w .-]{1,60}>|%3C[\w.-]{1,60}%3E/i.test(text);
}

function isZeroId({ name, value }: UrlComponent): boolean {
  return /^0{3,20}$/.test(value) && /id$/i.test(name);
}
