extension SpinHallOscillator {
  static let notes = """
    The strip runs from t1 to t2, half of rstrip on either side of its middle; the junction stands \
    on the middle and leads to t3. With m the direction of the free layer, I_w the mean of the \
    currents in the two halves, I_r the junction's current towards t3 and v the voltage across it,

        dm/dt = -gamma m x B_eff - gamma a_S m x (s x m) - gamma b_S m x s
                - gamma a_J m x (p x m) + alpha m x dm/dt
        B_eff = B + B_k (m.k) k - mu0 Ms N m + B_thermal
        a_S = hbar theta I_w / (2 e Ms thickness width heavy),   b_S = beta a_S
        a_J = hbar eta I_r / (2 e Ms area thickness (1 + lambda m.p))
        I_r = gp v [(1 + m.p)/2 + (1 - m.p)/2 / (1 + TMR)],   TMR = tmr0 / (1 + (v/vh)^2)

    **Sign.** Positive write current from t1 to t2 drives m away from s where theta > 0; positive \
    read current out of t3 drives m away from p. theta and s count as their product alone: in \
    the usual convention the spin Hall angle of tantalum is negative; here its sign goes with the \
    s that is declared, and theta = 0.15 with s along +y is the same as -0.15 with s along -y.

    m = u / |u| of three unknowns u, as in the [spin-torque \
    oscillator](spin-torque-oscillator.md). At an operating point, and at the first instant, m \
    stands at mx, my, mz; where none is given, a degree beside the applied field (or the easy axis).

    ### What follows

    Of a layer at rest along s, with field B along s, k across s, and B_1 = mu0 Ms (N_1 - N_s), \
    B_2 = mu0 Ms (N_k - N_s) - B_k in the two directions across,

        f_0 = gamma/(2 pi) sqrt((B + B_1)(B + B_2))     of small oscillations, but for alpha^2
        I_w = (2 e Ms thickness width heavy / hbar theta) alpha (B + B_1/2 + B_2/2)     critical

    `N(YSHO!<name>:mx)`, `my`, `mz` print the direction, `r` the junction's resistance in ohms and \
    `iw` the strip's current; `ic`, `f0` and `stability` are told below.

    All power is heat in the energy account. Noise in time: Johnson and Nyquist's of strip and \
    junction, and the thermal field of one-sided density 4 alpha k T / (gamma Ms V) in each \
    direction.

    The defaults are stand-ins of the size of the device measured by Liu et al. \
    So are the demagnetising factors: an ellipse of 50 nm x 180 nm has the area, but the ellipsoid \
    inscribed in the layer would have 0.028, 0.004 and 0.968, not 0.05, 0.01 and 0.94.
    """
}
