/** Something that happens and is then over, heard by whoever listens at that moment. */
export interface Signal<T> {
  emit(value: T): void;
  listen(listener: (value: T) => void): () => void;
}

/** A signal nobody listens to yet. */
export function createSignal<T>(): Signal<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    emit(value) {
      for (const listener of listeners) {
        listener(value);
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
