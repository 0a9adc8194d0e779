/** Tells a person what to edit in CAKE and how to have Pulumi record it, where no endpoint can do it. */
export function byHandAdvice(work: readonly string[]): string {
  return `This CAKE has no documented way to change a postback by API. Nothing was changed. To do by hand in CAKE: postback ${work.join("; postback ")}. Then write the ids into a file, one a line, and run "CAKE_CONFIRM_MANUAL=<file> pulumi up" (or destroy): exactly those are recorded as done. If your CAKE has an update endpoint, set cake:endpoints to "all".`;
}
