export type ShapeName =
  | 'idle'
  | 'asking'
  | 'attention'
  | 'charging'
  | 'cleared'
  | 'alarm'
  | 'ok'
  | 'unknown'
  | 'cut'
  | 'remote';

const paths: Record<ShapeName, string> = {
  /** A ring: nothing there. */
  idle: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm0 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z',
  /** Three dots: an answer is being waited for. */
  asking:
    'M4.5 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Zm7.5 0a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Zm7.5 0a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z',
  /** A triangle with a mark: a person is needed. */
  attention: 'M12 2.5 23 21.5H1L12 2.5Zm-1.2 7v6h2.4v-6h-2.4Zm0 7.6v2.4h2.4v-2.4h-2.4Z',
  /** A square: a car stands and pays. */
  charging: 'M4 4h16v16H4V4Z',
  /** An arrow upwards: may go. */
  cleared: 'M12 2.5 21 12h-5.2v9.5H8.2V12H3L12 2.5Z',
  /** An octagon with a bar: stop. */
  alarm: 'M7.6 2h8.8L22 7.6v8.8L16.4 22H7.6L2 16.4V7.6L7.6 2ZM6 10.4v3.2h12v-3.2H6Z',
  /** A filled disc: as it should be. */
  ok: 'M12 6a6 6 0 1 1 0 12 6 6 0 0 1 0-12Z',
  /** A dashed-looking diamond: not known. */
  unknown: 'M12 2 22 12 12 22 2 12 12 2Zm0 4.2L6.2 12l5.8 5.8 5.8-5.8L12 6.2Z',
  /** Waves, struck through: the other side does not answer. */
  cut: 'M12 15.5a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6Zm0-5.6c2.4 0 4.5 1 6 2.6l-2 2a5.6 5.6 0 0 0-8 0l-2-2a8.3 8.3 0 0 1 6-2.6Zm0-5.7c4 0 7.5 1.6 10 4.2l-2 2a11.2 11.2 0 0 0-16 0l-2-2A13.8 13.8 0 0 1 12 4.2ZM4.2 1 23 19.8 20.8 22 2 3.2 4.2 1Z',
  /** Waves above a post: from afar. */
  remote:
    'M12 12a2.2 2.2 0 0 1 1.3 4V22h-2.6v-6A2.2 2.2 0 0 1 12 12Zm0-4.4a6.6 6.6 0 0 1 4.9 2.2l-1.6 1.5a4.4 4.4 0 0 0-6.6 0L7.1 9.8A6.6 6.6 0 0 1 12 7.6Zm0-4.6a11 11 0 0 1 8.2 3.7l-1.6 1.5a8.8 8.8 0 0 0-13.2 0L3.8 6.7A11 11 0 0 1 12 3Z',
};

/** The shape that goes with a state word, so that no state is told by colour alone. */
export function Shape({ name, size = 20 }: { name: ShapeName; size?: number }) {
  return (
    <svg className="shape" data-shape={name} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
