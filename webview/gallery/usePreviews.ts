import { useEffect, useState } from "react";
import type { ZooNetwork } from "../../src/core/zoo/zooNetwork.ts";
import { knownPreview, previewOf } from "./previews.ts";

/** Works out one preview after the other in the order of the gallery, and lets the page draw in between. */
export function usePreviews(networks: readonly ZooNetwork[]): void {
  const [, setDone] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const next = (): void => {
      const missing = networks.find(({ id }) => knownPreview(id) === undefined);
      if (missing !== undefined) {
        previewOf(missing);
        setDone((count) => count + 1);
        timer = setTimeout(next);
      }
    };
    timer = setTimeout(next);
    return () => clearTimeout(timer);
  }, [networks]);
}
