import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { ZooNetwork } from "../../src/core/zoo/zooNetwork.ts";
import { zoo } from "../../src/core/zoo/zoo.ts";
import { Dialog } from "../app/Dialog.tsx";
import { applyCommand } from "../../src/core/design/edit.ts";
import type { Application } from "../state/application.ts";
import { useApplication, useAppState } from "../state/context.ts";
import { bringCommands } from "../state/applyRemembering.ts";
import { t } from "../text/t.ts";
import { ErrorByYear } from "./ErrorByYear.tsx";
import { insertAsBlock } from "./insertAsBlock.ts";
import { insertNetwork, insertsBehind } from "./insertNetwork.ts";
import { errorWords, NetworkCard } from "./NetworkCard.tsx";
import { usePreviews } from "./usePreviews.ts";

bringCommands(applyCommand);

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s-]/g, "");

function search(query: string): readonly ZooNetwork[] {
  const wanted = plain(query);
  return zoo.filter(({ name, family, summary, year }) =>
    plain(`${name} ${family} ${summary} ${t(summary)} ${year}`).includes(wanted),
  );
}

/** Arrows move between the cards as they stand on the page. */
function moveBetweenCards(event: KeyboardEvent<HTMLElement>): void {
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>(".network-card")];
  const current = cards.findIndex((card) => card === document.activeElement);
  const from = cards[current]?.getBoundingClientRect();
  if (from === undefined) {
    return;
  }
  const inColumn = (step: 1 | -1): HTMLElement | undefined =>
    (step === 1 ? cards.slice(current + 1) : cards.slice(0, current).toReversed()).find((card) => {
      const place = card.getBoundingClientRect();
      return Math.abs(place.left - from.left) < 4 && place.top !== from.top;
    });
  const next = {
    ArrowRight: cards[current + 1],
    ArrowLeft: cards[current - 1],
    ArrowDown: inColumn(1),
    ArrowUp: inColumn(-1),
    Home: cards[0],
    End: cards.at(-1),
  }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    next.focus();
  }
}

/** Adds the network to this design as one step, and selects what was added. */
function insert(
  application: Application,
  network: ZooNetwork,
  commandFor: typeof insertNetwork,
): void {
  const { drawn, view } = application.store.get();
  const { design } = drawn.parsed;
  const behind = insertsBehind(design, view.selection);
  if (application.edit(commandFor(network, behind)).type !== "done") {
    return;
  }
  const { nodes } = application.store.get().drawn.parsed.design;
  const added = [...nodes.keys()].filter((id) => !design.nodes.has(id));
  application.select(added);
  application.say(
    added.length === 1 ? t("{0} added.", added[0] ?? "") : t("{0} nodes added.", added.length),
  );
  application.canvasActions.emit("fit");
}

function Actions({ network }: { readonly network: ZooNetwork }) {
  const application = useApplication();
  const isWritable = useAppState((state) => state.isWritable && state.shown.parsed.isJson);
  const behind = useAppState(({ drawn, view }) =>
    insertsBehind(drawn.parsed.design, view.selection),
  );
  const { name, summary, source, error } = network;
  return (
    <footer className="gallery-actions">
      <div>
        <b>{name}</b> {t(summary)}
        <p className="quiet">
          {source}
          {error === undefined ? "" : ` · ${errorWords(network)} (${t(error.setting)})`}
        </p>
      </div>
      <button
        type="button"
        className="button"
        onClick={() => {
          application.closeDialog();
          application.send({ type: "openExample", id: network.id });
        }}
      >
        {t("Open a Copy")}
      </button>
      <button
        type="button"
        className="button secondary"
        disabled={!isWritable}
        onClick={() => {
          application.closeDialog();
          insert(application, network, insertNetwork);
        }}
      >
        {behind === undefined ? t("Insert Here") : t("Insert after {0}", behind)}
      </button>
      <button
        type="button"
        className="button secondary"
        disabled={!isWritable}
        title={t("One node, with the network as a block of this file")}
        onClick={() => {
          application.closeDialog();
          insert(application, network, insertAsBlock);
        }}
      >
        {t("Insert as Block")}
      </button>
    </footer>
  );
}

/** The published networks with what is known of them, to open as copies or to insert. */
export function Gallery() {
  const application = useApplication();
  const [query, setQuery] = useState("");
  const found = useMemo(() => search(query), [query]);
  const [chosenId, setChosenId] = useState("");
  const list = useRef<HTMLDivElement>(null);
  usePreviews(found);
  const chosen = found.find(({ id }) => id === chosenId) ?? found[0];
  const families = [...new Set(found.map(({ family }) => family))];
  const goTo = (id: string): void => {
    setQuery("");
    setChosenId(id);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-network="${id}"]`)?.focus(),
    );
  };
  const open = (id: string): void => {
    application.closeDialog();
    application.send({ type: "openExample", id });
  };
  return (
    <Dialog title={t("Published Networks")} className="gallery" testId="gallery">
      <div className="gallery-search">
        <input
          type="search"
          className="field"
          placeholder={t("Search by name, family or year")}
          aria-label={t("Search by name, family or year")}
          value={query}
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
        />
        <span className="quiet" role="status">
          {t("{0} networks", found.length)}
        </span>
        <button
          type="button"
          className="link-button"
          onClick={() => {
            application.closeDialog();
            application.send({ type: "openExample", id: "list" });
          }}
        >
          {t("Examples as a List")}
        </button>
      </div>
      <div
        ref={list}
        className="gallery-list"
        role="presentation"
        onKeyDown={(event) => {
          if (
            event.key === "Enter" &&
            chosen !== undefined &&
            event.target instanceof HTMLElement
          ) {
            if (event.target.dataset["network"] === chosen.id) {
              event.preventDefault();
              open(chosen.id);
            }
            return;
          }
          moveBetweenCards(event);
        }}
      >
        {query === "" && <ErrorByYear onChoose={goTo} />}
        {families.map((family) => (
          <section key={family} aria-label={t(family)}>
            <h2>{t(family)}</h2>
            <div className="network-cards">
              {found
                .filter((network) => network.family === family)
                .map((network) => (
                  <NetworkCard
                    key={network.id}
                    network={network}
                    isChosen={network === chosen}
                    isTabStop={network === chosen}
                    onChoose={() => setChosenId(network.id)}
                    onOpen={() => open(network.id)}
                  />
                ))}
            </div>
          </section>
        ))}
      </div>
      {chosen !== undefined && <Actions network={chosen} />}
    </Dialog>
  );
}
