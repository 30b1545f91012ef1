/** What the berth register refuses. */
export const berthReasons = {
  'berth-code-empty': 'Enter the code of the berth',
  'berth-code-taken': 'Another berth has this code',
  'berth-number-taken': 'Another berth has this number',
  'berth-area-unknown': 'There is no such road section',
  'sensor-unfit': 'This is no ground sensor of berths',
  'camera-unfit': 'This is no camera of berths',
  'berth-occupied': 'A car is in this berth: record that it left first',
  'berths-importing': 'Berths are being imported: try again in a moment',
  'register-full': 'There are no numbers left: 9999 berths are on the register',
} as const;
