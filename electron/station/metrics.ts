import type { LaneRuntime } from './lanes/runtime.ts';
import type { OutboxHub } from './outbox/hub.ts';

/** What Prometheus reads, in its text format. */
export function metricsText(deps: {
  readonly lanes: LaneRuntime;
  readonly hub: OutboxHub;
  readonly journalSeq: () => number;
}): string {
  const spaces = deps.lanes.spaces();
  const links = deps.hub.links();
  const lines = [
    '# TYPE gatehouse_spaces_free gauge',
    `gatehouse_spaces_free ${spaces.free}`,
    '# TYPE gatehouse_cars_inside gauge',
    `gatehouse_cars_inside ${spaces.inside}`,
    '# TYPE gatehouse_journal_seq counter',
    `gatehouse_journal_seq ${deps.journalSeq()}`,
    '# TYPE gatehouse_lane_waiting gauge',
    ...deps.lanes
      .lanes()
      .map((lane) => `gatehouse_lane_waiting{lane="${lane.id}"} ${deps.lanes.state(lane.id).waiting.length}`),
    '# TYPE gatehouse_outbox_waiting gauge',
    ...links.map(({ platform, counts }) => `gatehouse_outbox_waiting{platform="${platform.id}"} ${counts.waiting}`),
    '# TYPE gatehouse_outbox_refused gauge',
    ...links.map(({ platform, counts }) => `gatehouse_outbox_refused{platform="${platform.id}"} ${counts.refused}`),
    '# TYPE gatehouse_outbox_given_up_today gauge',
    ...links.map(
      ({ platform, counts }) => `gatehouse_outbox_given_up_today{platform="${platform.id}"} ${counts.givenUp}`,
    ),
    '# TYPE gatehouse_platform_up gauge',
    ...links.map(
      ({ platform, state }) => `gatehouse_platform_up{platform="${platform.id}"} ${state === 'online' ? 1 : 0}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
