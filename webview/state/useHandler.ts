import { useCallback } from "react";
import { useLatest } from "./useLatest.ts";

/** The handler as one function for good, so that what it is given to is not drawn again with every change around it. */
export function useHandler<Given extends readonly unknown[], Result>(
  handler: (...given: Given) => Result,
): (...given: Given) => Result {
  const latest = useLatest(handler);
  return useCallback((...given) => latest.current(...given), [latest]);
}
