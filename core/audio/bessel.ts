/**
 * Modified Bessel function of the first kind, order 0, by its power series (Abramowitz and Stegun, 9.6.12). Kaiser's window
 * is made of it.
 */
export function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
