import type { Message } from "../lifecycle/errors";

const DOCTOR = 'Run again later; if this goes on, "pulumi-cake doctor" shows how the list behaves.';

/** What lookups say to people, each under its code. */
export const messages = {
  withoutList: (domain: string, endpoints: string): Message => ({
    code: "lookup-without-list",
    text: `No postback can be looked up at ${domain}: cake:endpoints is "${endpoints}", which says that this CAKE instance has no list. If it has one: pulumi config set cake:endpoints all`,
  }),
  incomplete: (domain: string, doubt: string): Message => ({
    code: "lookup-incomplete",
    text: `The postbacks at ${domain} cannot be looked up: CAKE's list may be incomplete (${doubt}). Part of it could mislead the program, so nothing is returned. ${DOCTOR}`,
  }),
  notFound: (postbackId: number, domain: string): Message => ({
    code: "lookup-not-found",
    text: `There is no postback ${postbackId} at ${domain} that this API key can see. Check the ID and the instance.`,
  }),
  unknown: (postbackId: number, domain: string, doubt: string): Message => ({
    code: "lookup-unknown",
    text: `Whether there is a postback ${postbackId} at ${domain} is unknown: CAKE's list does not show it, but it may be incomplete (${doubt}). Run again later, or check the postback in CAKE.`,
  }),
};
