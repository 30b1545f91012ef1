import { type Guarded, signedInUser } from '../base.ts';
import type { ApiDeps } from '../deps.ts';

export function practiceHandlers(os: Guarded, { practice }: ApiDeps) {
  return {
    state: os.practice.state.handler(() => practice.state()),
    start: os.practice.start.handler(({ context }) => practice.start(signedInUser(context.user))),
    stop: os.practice.stop.handler(({ context }) => practice.stop(signedInUser(context.user))),
    send: os.practice.send.handler(({ input }) => practice.send(input.scenario)),
    lessons: os.practice.lessons.handler(() => practice.lessons()),
  };
}
