import type { AnnouncingDisplay } from '../../../shared/contract/announcements.ts';
import type { UserView } from '../../../shared/contract/base.ts';
import { fillText, SAMPLE_VALUES } from '../../../shared/domain/announcement-fill.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { NOW } from './build.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

interface Desk {
  displays: AnnouncingDisplay[];
  /** How the next try ends. */
  outcome: 'done' | 'refused' | 'unknown';
}

const desks = new WeakMap<FakeStation, Desk>();

const line = (text: string, color: 'red' | 'green' | 'yellow') => ({ text, color, alignment: 'center' }) as const;

/** The displays of a fake station: one at the entrance that speaks, one at the exit that is away. */
export function announcingDesk(station: FakeStation): Desk {
  const known = desks.get(station);
  if (known) return known;
  const given = {
    at: toRfc3339(NOW),
    by: 'lane',
    vehicle: 'any',
    speech: '',
    detail: '',
  } as const;
  const made: Desk = {
    outcome: 'done',
    displays: [
      {
        ...{ id: 'led-in1', driver: 'olm-tcp', state: 'online', speaks: true },
        lanes: [{ id: 'in1', name: '东门入口' }],
        given: {
          ...given,
          event: 'idle-in',
          lines: [line('欢迎光临', 'green'), line('余位128', 'yellow'), line('减速慢行', 'red')],
          outcome: 'done',
        },
      },
      {
        ...{ id: 'led-out1', driver: 'olm-serial', state: 'offline', speaks: false },
        lanes: [{ id: 'out1', name: '东门出口' }],
        given: { ...given, lines: [line('鲁B12345', 'red')], event: 'exit-due', outcome: 'refused', detail: '未连接' },
      },
    ],
  };
  desks.set(station, made);
  return made;
}

export function announcementHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const desk = announcingDesk(station);
  return {
    announcements: {
      now: os.announcements.now.handler(({ context }) => {
        needUser(context);
        return { volume: station.scene.rules.announcements.volume, displays: desk.displays };
      }),
      preview: os.announcements.preview.handler(({ input, context }) => {
        needUser(context);
        const { lines, speech } = fillText(input.text, { ...SAMPLE_VALUES, ...input.values });
        return { lines: lines.map((each) => ({ ...each })), speech: { ...speech } };
      }),
      try: os.announcements.try.handler(async ({ input, context }) => {
        needUser(context);
        await station.act('announcements.try', input);
        return { outcome: desk.outcome, detail: desk.outcome === 'done' ? '' : '屏没有应答' };
      }),
    },
  };
}
