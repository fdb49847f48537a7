/** A value with listeners, in the form that React's `useSyncExternalStore` takes. */
export interface Store<T> {
  get(): T;
  /** Replaces the value; listeners hear of it only where it is another one. */
  update(change: (value: T) => T): void;
  subscribe(listener: () => void): () => void;
}

/** A store that holds `initial` until it is updated. */
export function createStore<T>(initial: T): Store<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    update(change) {
      const next = change(current);
      if (Object.is(next, current)) {
        return;
      }
      current = next;
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
