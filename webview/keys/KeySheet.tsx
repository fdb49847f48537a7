import { Dialog } from "../app/Dialog.tsx";
import { canvasKeys } from "../canvas/canvasKeys.ts";
import { useApplication } from "../state/context.ts";
import { t } from "../text/t.ts";
import { keyGroups, type KeyGroup } from "./keyGroups.ts";
import { keyCaps } from "./pressedKey.ts";
import { workbenchChord, workbenchKeys } from "./workbenchKeys.ts";

const isMac = navigator.userAgent.includes("Mac");

/** What is printed on the keys of one way to do something, in their order. */
type Caps = readonly string[];

interface Binding {
  readonly title: string;
  readonly group: KeyGroup;
  readonly ways: readonly Caps[];
}

/** Everything that has a key on the canvas, in the order of the sheet. */
const bindings: readonly Binding[] = [
  ...canvasKeys.map(({ title, group, keys }) => ({
    title,
    group,
    ways: keys.map((key) => keyCaps(key, isMac)),
  })),
  ...workbenchKeys.map((entry) => ({
    title: entry.title,
    group: entry.group,
    ways: [workbenchChord(entry, isMac).flatMap((key) => keyCaps(key, isMac))],
  })),
];

/** The lines of a group: the ways by what they do, and each once. */
function linesOf(group: KeyGroup): ReadonlyMap<string, readonly Caps[]> {
  const lines = new Map<string, readonly Caps[]>();
  for (const { title, ways } of bindings.filter((binding) => binding.group === group)) {
    const known = lines.get(title) ?? [];
    const added = ways.filter((way) => !known.some((each) => each.join() === way.join()));
    lines.set(title, [...known, ...added]);
  }
  return lines;
}

function Way({ caps }: { readonly caps: Caps }) {
  return (
    <span className="key-way">
      {caps.map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}

function Group({ group }: { readonly group: KeyGroup }) {
  return (
    <section aria-label={t(keyGroups[group])}>
      <h2>{t(keyGroups[group])}</h2>
      <dl>
        {[...linesOf(group)].map(([title, ways]) => (
          <div key={title} className="key-line">
            <dt>{t(title)}</dt>
            <dd>
              {ways.map((way) => (
                <Way key={way.join(" ")} caps={way} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every key of the canvas, made from the tables that the keys themselves are made from. */
export function KeySheet() {
  const application = useApplication();
  return (
    <Dialog title={t("Keyboard Shortcuts")} className="key-sheet" testId="key-sheet">
      <div className="key-groups">
        {Object.keys(keyGroups).map((group) => (
          <Group key={group} group={group as KeyGroup} />
        ))}
      </div>
      <p className="quiet">
        {t("Keys of commands are shown as they come; VS Code may have others for them.")}{" "}
        <button
          type="button"
          className="link-button"
          onClick={() => application.send({ type: "changeKeys" })}
        >
          {t("Change in VS Code")}
        </button>
      </p>
    </Dialog>
  );
}
