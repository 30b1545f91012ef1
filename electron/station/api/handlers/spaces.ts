import { recountSpaces, spacesOf } from '../../registry/spaces.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';

export function spaceHandlers(os: Guarded, { store, site, areas }: ApiDeps) {
  return {
    get: os.spaces.get.handler(() => spacesOf(store.read.stays, site, areas)),
    recount: os.spaces.recount.handler(({ input, context }) => {
      const { areaId = null, actualInside, reason } = input;
      recountSpaces({ store, areas }, { areaId, actualInside, reason }, actorOf(context.user));
      return spacesOf(store.read.stays, site, areas);
    }),
  };
}
