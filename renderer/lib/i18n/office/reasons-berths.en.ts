/** What the berth register refuses, and what cannot be said of a berth. */
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
  'berth-out-of-use': 'This berth is out of use',
  'berth-free': 'This berth is free already',
  'berth-taken': 'A car stands in this berth already',
  'before-known': 'That is before the last known change of this berth: check the time',
  'too-long-ago': 'That is too long ago to be recorded now',
} as const;
