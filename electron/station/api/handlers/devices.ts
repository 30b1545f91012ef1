import { toRfc3339 } from '../../../../shared/domain/time.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import type { DisplayTry, TakenPicture } from '../device-port.ts';

const picture = ({ takenAt, jpeg }: TakenPicture) => ({
  takenAt: toRfc3339(takenAt),
  contentType: 'image/jpeg',
  base64: Buffer.from(jpeg).toString('base64'),
});

const lineOf = (line: string | DisplayTry['lines'][number]) => (typeof line === 'string' ? { text: line } : line);

export function deviceHandlers(os: Guarded, { devices, clock }: ApiDeps) {
  return {
    list: os.devices.list.handler(() => devices.list()),
    found: os.devices.found.handler(() => devices.found()),
    foundPicture: os.devices.foundPicture.handler(({ input }) =>
      picture(devices.foundPicture(input.driver, input.serialNo)),
    ),
    get: os.devices.get.handler(({ input }) => devices.get(input.id)),
    picture: os.devices.picture.handler(({ input }) => picture(devices.picture(input.id))),
    trace: os.devices.trace.handler(({ input }) => devices.trace(input.id, input.afterSeq)),
    selfTest: os.devices.selfTest.handler(async ({ input }) => {
      const steps = await devices.selfTest(input.id);
      return { at: toRfc3339(clock.now()), steps };
    }),
    snapshot: os.devices.snapshot.handler(async ({ input }) => picture(await devices.snapshot(input.id))),
    show: os.devices.show.handler(({ input: { id, lines, speech, volume }, context }) =>
      devices.show(id, { lines: lines.map(lineOf), speech, volume }, actorOf(context.user)),
    ),
    sign: os.devices.sign.handler(({ input, context }) =>
      devices.sign(input.id, input.free, input.color, actorOf(context.user)),
    ),
    sendRaw: os.devices.sendRaw.handler(({ input, context }) =>
      devices.sendRaw(input.id, input.hex, input.reason, actorOf(context.user)),
    ),
    ports: os.devices.ports.handler(() => devices.ports()),
    pulse: os.devices.pulse.handler(({ input, context }) =>
      devices.pulse(input.id, input.reason, actorOf(context.user)),
    ),
  };
}
