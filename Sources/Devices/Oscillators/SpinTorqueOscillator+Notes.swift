extension SpinTorqueOscillator {
  static let notes = """
    With m the direction of the free layer, v = v(n+) - v(n-) and I = v G(m, v) the current of one \
    junction,

        dm/dt = -gamma m x B_eff - gamma a_J m x (p x m) - gamma b_J m x p + alpha m x dm/dt
        B_eff = B + B_k (m.k) k - mu0 Ms N m + oe I + lf I_line + B_thermal
        a_J = hbar eta I / (2 e Ms V (1 + lambda m.p)),   b_J = beta a_J
        G = gp [(1 + m.p)/2 + (1 - m.p)/2 / (1 + TMR)],   TMR = tmr0 / (1 + (v/vh)^2)

    **Sign.** Positive current from n+ to n- drives m away from p. `detuning` multiplies dm/dt.

    m = u / |u| of three unknowns u, so |m| = 1 to the last digit however long the run; a radial \
    term that moves no m keeps |u| near 1. At an operating point, and at the first instant, m \
    stands at mx, my, mz; where none is given, a degree beside the applied field (or the easy axis).

    `N(YSTO!<name>:mx)`, `my`, `mz` print the direction and `N(YSTO!<name>:r)` the resistance in \
    ohms; `ic`, `f0` and `stability` are told below.

    All of v i is heat in the energy account; the magnetic energy, some 1e-18 J, is not in it. \
    Noise in time: Johnson and Nyquist's, and the thermal field of one-sided density \
    4 alpha k T / (gamma Ms V) in each direction (W. F. Brown, Phys. Rev. 130 (1963) 1677).
    """
}
