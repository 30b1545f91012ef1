import type { EventView } from '../../../shared/contract/journal.ts';
import type { AskedView, LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import { ago, event, lane, passage, plate, told } from './build.ts';
import { busyEvents } from './events.ts';
import type { Scene } from './fake-station.ts';
import { idle } from './scenarios-idle.ts';

const blue = plate('鲁B7K218');
const cloud = { kind: 'platform', name: 'vanke' } as const;
const NOT_PAID = '月卡已过期，请联系物业服务中心续费';

export const asked = (change: Partial<AskedView> = {}): AskedView => ({
  ...{ attempt: 1, pending: true, failures: 0, giveUpAfter: 5, onGiveUp: 'release', pollSeconds: 2 },
  ...{ answer: null, detail: '', since: ago(2), verdict: null },
  ...change,
});
const car = (how: Partial<AskedView>, change: Partial<PassageView> = {}): PassageView =>
  passage('p-ask', blue, { photoId: 'entry', startedAt: how.since ?? ago(2), asked: asked(how), ...change });
const west = (change: Partial<LaneView>): LaneView =>
  lane('in1', '西门入口', 'in', { phase: 'asking', authority: 'vanke', loop: 'occupied', ...change });
const scene = (change: Partial<LaneView>, events: readonly EventView[] = []): Scene => ({
  ...idle,
  events: [...busyEvents(), ...events],
  lanes: [west(change), lane('out2', '东门出口', 'out', { authority: 'vanke', loop: 'clear' })],
});
const arm = (lastCommand: LaneView['barrier']['lastCommand'], held = false): LaneView['barrier'] => ({
  ...{ arm: 'open', held },
  lastCommand,
});

const refused = car(
  { attempt: 14, pending: false, answer: 'refuse', detail: NOT_PAID, since: ago(31) },
  { attention: 'remote-refused', approvable: true, needsReason: true },
);
const alone = told('open', 6, {
  ...{
    origin: 'released',
    by: 'station',
    reason: '平台无应答，自动放行',
    passageId: 'p-ask',
    plate: blue,
    alone: true,
  },
});
const remote = told('open', 4, {
  ...{ origin: 'platform', by: 'vanke', reason: '强制开闸', passageId: 'p-ask', plate: blue },
});
const silence = [
  event(20, 30, {
    kind: 'authority-answered',
    laneId: 'in1',
    passageId: 'p-ask',
    actor: cloud,
    body: { platform: 'vanke', plate: blue, answer: 'failed', attempt: 1, detail: '连接超时' },
  }),
  event(21, 7, {
    kind: 'authority-told',
    laneId: 'in1',
    passageId: 'p-ask',
    body: {
      ...{ platform: 'vanke', why: 'gave-up', plate: blue, confidence: 97, recognizedAt: 0, photoId: null },
      direction: 'in',
    },
  }),
  event(22, 6, {
    kind: 'gate-commanded',
    laneId: 'in1',
    passageId: 'p-ask',
    body: {
      ...{ commandId: 'c9', action: 'open', origin: 'released', reason: '平台无应答，自动放行', plate: blue },
      photoId: null,
    },
  }),
];
const GONE = { answer: 'failed', detail: '连接超时（3 秒）' } as const;
const silentCar = car(
  { attempt: 5, pending: false, failures: 5, onGiveUp: 'wait', since: ago(22), ...GONE },
  { attention: 'remote-silent', approvable: true },
);
const fourLanes = (): Scene => ({
  ...idle,
  lanes: [
    lane('in1', '西门入口', 'in', {
      ...{ authority: 'vanke', loop: 'occupied', phase: 'asking' },
      passage: car({ attempt: 3, pending: false, failures: 2, since: ago(9), ...GONE }),
    }),
    lane('out2', '东门出口', 'out', {
      ...{ authority: 'vanke', loop: 'occupied', phase: 'asking' },
      passage: { ...refused, id: 'p-2', plate: plate('鲁BD12345', 'green', 'new-energy-small') },
    }),
    lane('in3', '北门大车入口', 'in', { authority: 'vanke', loop: 'clear', barrier: arm(alone) }),
    lane('out4', '北门大车出口', 'out', {
      ...{ authority: 'vanke', loop: 'clear', phase: 'asking' },
      passage: {
        ...car({ verdict: 'open', answer: 'open', since: ago(5) }),
        id: 'p-4',
        plate: plate('鲁U3B902', 'yellow'),
      },
    }),
  ],
});

/** A car at every point of a lane where a platform has the word. */
export const askedScenarios: Readonly<Record<string, Scene>> = {
  asking: scene({ passage: car({}) }),
  askingLong: scene({ passage: passage('p-ask', UNREAD_PLATE, { confidence: null, asked: asked({ since: ago(8) }) }) }),
  refused: scene({ passage: refused }),
  failing: scene({ passage: car({ attempt: 3, pending: true, failures: 2, since: ago(9), ...GONE }) }),
  silent: scene({ phase: 'attention', passage: silentCar }, silence.slice(0, 1)),
  unsure: scene({
    phase: 'attention',
    passage: car(
      { attempt: 4, pending: false, verdict: 'open', answer: 'open', since: ago(95) },
      { attention: 'remote-silent', approvable: true },
    ),
  }),
  stopped: scene({
    phase: 'attention',
    passage: refused,
    barrier: arm(told('open', 3, { origin: 'manual', by: '王秀兰', passageId: 'p-ask', plate: blue })),
  }),
  allowed: scene({ loop: 'clear', passage: car({ verdict: 'open', answer: 'open', pending: false, since: ago(5) }) }),
  alone: scene(
    {
      phase: 'cleared',
      passage: car({ failures: 5, attempt: 5, verdict: 'released', pending: false, ...GONE }),
      barrier: arm(alone),
    },
    silence,
  ),
  aloneAfter: scene(
    { phase: 'idle', loop: 'clear', passage: null, barrier: { ...arm(alone), arm: 'closed' } },
    silence,
  ),
  left: scene({ phase: 'idle', loop: 'clear', passage: null }, [
    event(20, 4, {
      kind: 'passage-ended',
      laneId: 'in1',
      passageId: 'p-ask',
      body: { how: 'turned-back', plate: blue, reason: null },
    }),
  ]),
  remote: scene({ phase: 'cleared', passage: car({ answer: 'refuse', pending: false }), barrier: arm(remote) }),
  remoteAfter: scene({
    phase: 'idle',
    loop: 'clear',
    passage: null,
    barrier: { ...arm({ ...remote, passageId: null, plate: null }), arm: 'unknown' },
  }),
  remoteHeld: scene({
    phase: 'idle',
    loop: 'clear',
    passage: null,
    barrier: arm(told('hold', 75, { origin: 'platform', by: 'vanke' }), true),
  }),
  askedFour: fourLanes(),
};
