import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** Height of a row, as in the style sheet. */
export const ROW_HEIGHT = 22;

/** Rows drawn beyond each edge, so that a quick scroll meets no gap. */
const BEYOND = 12;

interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Which of many rows of one height have to be drawn; `head` and `foot` are rows that stick to the edges. */
export function useWindow(count: number, head: number, foot: number) {
  const element = useRef<HTMLDivElement>(null);
  const [stretch, setStretch] = useState<Stretch>({ first: 0, last: 40 });
  const measure = useCallback((): void => {
    const { scrollTop, clientHeight } = element.current ?? { scrollTop: 0, clientHeight: 0 };
    const first = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - BEYOND);
    const last = Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + BEYOND;
    setStretch((before) =>
      before.first === first && before.last === last ? before : { first, last },
    );
  }, []);
  useLayoutEffect(() => {
    measure();
    const { current } = element;
    if (current === null) {
      return undefined;
    }
    const resized = new ResizeObserver(measure);
    resized.observe(current);
    return () => resized.disconnect();
  }, [measure, count]);
  const scrollTo = useCallback(
    (index: number): void => {
      const { current } = element;
      if (current === null) {
        return;
      }
      const top = index * ROW_HEIGHT;
      const seen = current.clientHeight - (head + foot) * ROW_HEIGHT;
      if (top < current.scrollTop) {
        current.scrollTop = top;
      } else if (top + ROW_HEIGHT > current.scrollTop + seen) {
        current.scrollTop = top + ROW_HEIGHT - seen;
      }
      measure();
    },
    [measure, head, foot],
  );
  const pageRows = (): number =>
    Math.floor((element.current?.clientHeight ?? 0) / ROW_HEIGHT) - head - foot;
  return { element, measure, scrollTo, pageRows, ...stretch };
}
