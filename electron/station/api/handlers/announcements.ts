import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';

export function announcementHandlers(os: Guarded, { announcements }: ApiDeps) {
  return {
    now: os.announcements.now.handler(() => announcements.now()),
    preview: os.announcements.preview.handler(({ input }) => announcements.preview(input)),
    try: os.announcements.try.handler(({ input, context }) => announcements.try(input, actorOf(context.user))),
  };
}
