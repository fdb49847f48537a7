import { useEffect } from "react";
import type { Shape } from "../../../src/core/layers/shape.ts";
import type { AppState } from "../../state/appState.ts";
import { useApplication, useAppState } from "../../state/context.ts";

/** What the pictures depend on, so that a change asks anew. */
const subjectOf = ({ drawn }: AppState): string => {
  const { design } = drawn.parsed;
  const input = [...design.nodes.values()].find(({ type }) => type === "input");
  return JSON.stringify([design.training?.dataset, input?.options["shape"]]);
};

/** Images of the data set that the recipe names, in this shape; asked of the host when they are first wanted. */
export function useSamples(image: Shape | undefined): readonly string[] {
  const application = useApplication();
  const subject = useAppState(subjectOf);
  const isReadable = useAppState((state) => state.shown === state.drawn);
  const samples = useAppState((state) => state.samples);
  const isWanted = image !== undefined && isReadable && samples?.subject !== subject;
  useEffect(() => {
    if (isWanted) {
      application.askForSamples(subject);
    }
  }, [application, isWanted, subject]);
  const fits = samples?.subject === subject && samples.imageShape.join() === image?.join();
  return fits ? samples.images : [];
}
