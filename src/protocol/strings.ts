import * as v from "valibot";

/** Tells a trainer process, before anything else, the translations of what it says. */
export interface StringsMessage {
  readonly type: "strings";
  /** By their English text. */
  readonly strings: Readonly<Record<string, string>>;
}

const message = v.object({
  type: v.literal("strings"),
  strings: v.record(v.string(), v.string()),
}) satisfies v.GenericSchema<unknown, StringsMessage>;

/** The translations, or nothing where a message is another one. */
export function parseStrings(value: unknown): StringsMessage["strings"] | undefined {
  const parsed = v.safeParse(message, value);
  return parsed.success ? parsed.output.strings : undefined;
}
