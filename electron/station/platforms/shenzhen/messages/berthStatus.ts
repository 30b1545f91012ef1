import { z } from 'zod';
import { devicesToTell, equipmentCodeOf } from '../devices.ts';
import { toCompact } from '../fields.ts';
import { type BoardContext, newest } from '../newest.ts';
import { RANKS } from '../ranks.ts';

/** The berths that a video device looks at, as far as they are known, in texts that fit: about six in each. */
function textsOf(
  deviceId: string,
  { station, settings }: Pick<BoardContext, 'station' | 'settings'>,
): readonly string[] {
  const names = settings.reports.berthState;
  const { berths, berthStates } = station().read;
  const texts: string[] = [];
  let elements: string[] = [];
  const textOf = (parts: readonly string[]): string => `[${parts.join(',')}]`;
  for (const { id, code, camera, inUse } of berths.all()) {
    const { occupied } = berthStates.get(id);
    if (camera !== deviceId || !inUse || occupied === null) continue;
    const element = JSON.stringify({ [names.code]: code, [names.state]: occupied ? 1 : 0 });
    if (elements.length > 0 && textOf([...elements, element]).length > names.length) {
      texts.push(textOf(elements));
      elements = [];
    }
    elements.push(element);
  }
  return elements.length > 0 ? [...texts, textOf(elements)] : texts;
}

const isVideo = (context: BoardContext, id: string): boolean =>
  devicesToTell(context).some(
    (device) => device.id === id && device.kind === 'berth-camera' && device.state === 'online',
  );

/** Heartbeat of a video device with what it sees. The city takes a device for faulty that is silent for ten minutes: one that is, stays so. */
export const berthStatus = newest({
  name: 'berthStatus',
  title: '泊位状态上报',
  section: '6.3.4',
  rank: RANKS.figures,
  everyMs: ({ settings }) => settings.reports.berthStatusMs,
  schema: z.strictObject({ barCode: z.string().min(1).max(36), berthState: z.string().min(2).max(100_000) }),
  sample: {
    barCode: 'CAM-0007',
    berthState: '[{"berthCode":"NS000100010001","state":1},{"berthCode":"NS000100010002","state":0}]',
  },
  keys: (context) =>
    devicesToTell(context)
      .filter(({ kind, state }) => kind === 'berth-camera' && state === 'online')
      .flatMap(({ id }) => textsOf(id, context).map((_, index) => `${id} ${index}`)),
  // A berth heard of for the first time may be the first of its device.
  concerns: (event) => {
    if (event.kind === 'berth-observed') return event.body.before.occupied === null ? 'all' : [];
    return event.kind === 'device-state' || event.kind === 'berth-changed' ? 'all' : [];
  },
  look: (key, context) => {
    const [id = '', index = ''] = key.split(' ');
    if (!isVideo(context, id)) return undefined;
    const berthState = textsOf(id, context)[Number(index)];
    if (berthState === undefined) return undefined;
    return { body: { barCode: equipmentCodeOf(id, context.settings), berthState } };
  },
  // By the clock alone: what changes is told by berthInfo.
  news: ({ barCode }) => barCode,
  wire: ({ barCode, berthState }, { settings, clock }) => ({
    parkCode: settings.parkCode,
    barCode,
    berthState,
    createTime: toCompact(clock.now()),
  }),
});
