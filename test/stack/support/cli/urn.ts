// A URN reads `urn:pulumi:stack::project::parentType$type::name`.
export const typeOf = (urn: string): string => (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

export const isDefaultProvider = (urn: string): boolean =>
  typeOf(urn).startsWith("pulumi:providers:") && /^default($|_)/.test(nameOf(urn));
