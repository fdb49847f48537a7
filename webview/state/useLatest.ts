import { useLayoutEffect, useRef } from "react";

/** The value as it was last drawn, for what happens later and must not start anew with every change. */
export function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
