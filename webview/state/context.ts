import { createContext, useContext, useSyncExternalStore } from "react";
import type { Application } from "./application.ts";
import type { AppState } from "./appState.ts";

/** The one application of a page; set at the root. */
export const ApplicationContext = createContext<Application | undefined>(undefined);

/** What a person can do. */
export function useApplication(): Application {
  const application = useContext(ApplicationContext);
  if (application === undefined) {
    throw new Error("Nothing is drawn outside an ApplicationContext.");
  }
  return application;
}

/** A part of the state; `select` must return the same value for the same state. */
export function useAppState<T>(select: (state: AppState) => T): T {
  const { store } = useApplication();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
