/** Topics and envelopes of the camera on the broker. Pure. */

type TopicOrder = 'device-first' | 'sn-first';

const root = (serialNo: string, order: TopicOrder): string =>
  order === 'device-first' ? `device/${serialNo}/message` : `${serialNo}/device/message`;

/** What is heard: all that the camera tells, and its answers, in both orders of the topic. */
export const topicsOf = (serialNo: string): readonly string[] =>
  (['device-first', 'sn-first'] as const).flatMap((order) => [
    `${root(serialNo, order)}/up/+`,
    `${root(serialNo, order)}/down/+/reply`,
  ]);

export const commandTopic = (serialNo: string, order: TopicOrder, cmd: string): string =>
  `${root(serialNo, order)}/down/${cmd}`;

/** What a topic is about, of those that {@link topicsOf} names. */
export function readTopic(topic: string): { readonly way: 'up' | 'reply'; readonly name: string } | null {
  const [, , , way, name, reply] = topic.split('/');
  if (name === undefined || name === '') return null;
  if (way === 'up' && reply === undefined) return { way: 'up', name };
  return way === 'down' && reply === 'reply' ? { way: 'reply', name } : null;
}

/** A command, ready to be published. */
export const encodeCommand = (about: {
  readonly id: string;
  readonly serialNo: string;
  readonly cmd: string;
  readonly body: object;
  /** Epoch seconds. */
  readonly timestamp: number;
}): string =>
  JSON.stringify({
    id: about.id,
    sn: about.serialNo,
    name: about.cmd,
    version: '1.0',
    timestamp: about.timestamp,
    payload: { type: about.cmd, body: about.body },
  });
