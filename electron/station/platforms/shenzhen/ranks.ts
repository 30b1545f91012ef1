/** What is told first at the start: the car park, then what stands in it, then how that is. */
export const RANKS = { carPark: 0, devices: 1, entrances: 2, berths: 3, figures: 4 } as const;
