/** The money that people really hold in their hands: nobody's table, only what was handed over and given back. */
export class Till {
  /** All cash that came in, less all that went out again to drivers. */
  cashFen = 0;
  /** What the card terminals of the booths took. */
  posFen = 0;
  readonly #drawers = new Map<string, number>();

  /** Notes went into the drawer of a shift (positive) or out of it. `shiftId` null: into the safe, for no shift was open. */
  cash(fen: number, shiftId: string | null): void {
    this.cashFen += fen;
    if (shiftId !== null) this.#drawers.set(shiftId, (this.#drawers.get(shiftId) ?? 0) + fen);
  }

  begin(shiftId: string, floatFen: number): void {
    this.#drawers.set(shiftId, floatFen);
  }

  drawer(shiftId: string): number {
    return this.#drawers.get(shiftId) ?? 0;
  }
}
