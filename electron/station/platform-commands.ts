import type { Area, Spaces } from '../../shared/domain/site.ts';
import type { OutboxHub } from './outbox/hub.ts';
import type { StationCommands } from './platforms/platform.ts';
import type { Lists } from './registry/lists.ts';
import { freeByArea, recountSpaces } from './registry/spaces.ts';
import type { Alarms } from './runtime/alarms.ts';
import type { Store } from './store/store.ts';

/** What platforms may ask of the station, carried out. The hub is looked up late, because it is built from the platforms. */
export function stationCommands(deps: {
  readonly store: Store;
  readonly lists: Lists;
  readonly alarms: Alarms;
  readonly areas: readonly Area[];
  readonly spaces: () => Spaces;
  readonly hub: () => OutboxHub;
}): StationCommands {
  const { store, lists, alarms } = deps;
  return {
    applyListChange: (change) => {
      const actor = { kind: 'platform', name: change.platform } as const;
      if (change.operation === 'remove') lists.remove(change, actor);
      else lists.put(change, actor);
    },
    remember: (platform, key, value) => store.write((tx) => tx.memory.put(platform, key, value)),
    rememberAll: (platform, values) =>
      store.write((tx) => {
        for (const [key, value] of Object.entries(values)) tx.memory.put(platform, key, value);
      }),
    recall: (platform, key) => store.read.memory.get(platform, key),
    numberOf: (platform, kind, id) =>
      store.read.numbers.find(platform, kind, id) ?? store.write((tx) => tx.numbers.give(platform, kind, id)),
    numbersOf: (platform, kind, ids) => {
      const known = ids.map((id) => store.read.numbers.find(platform, kind, id));
      if (known.every((number) => number !== undefined)) return known;
      return store.write((tx) => ids.map((id) => tx.numbers.give(platform, kind, id)));
    },
    numbered: (platform, kind, number) => store.read.numbers.idOf(platform, kind, number),
    enqueue: (platform, drafts, place) => deps.hub().enqueue(platform, drafts, place),
    hurry: (platform, message) => deps.hub().hurry(platform, message),
    gateRefused: (platform, { laneId, passageId, ...refusal }) =>
      store.write((tx) =>
        tx.record({
          kind: 'gate-refused',
          key: null,
          laneId,
          passageId,
          actor: { kind: 'platform', name: platform },
          body: { platform, ...refusal },
        }),
      ),
    spaces: deps.spaces,
    freeByArea: () => freeByArea(store.read.stays, deps.areas),
    recountSpaces: (platform, count) => recountSpaces(deps, count, { kind: 'platform', name: platform }),
    alarm: ({ cleared, ...alarm }) => {
      if (cleared) alarms.clear(alarm.code, alarm.subject);
      else alarms.raise(alarm);
    },
  };
}
