/**
 * What the server adds to the console's files, which are static.
 *
 * <p>Decision: the policy allows nothing that is not of this origin, no inline script or style, no form that is sent, no frame. The token
 * endpoint of an OIDC provider is the one other address that pages may ask, because the code is exchanged there; the way to the
 * provider itself is a navigation, which no directive here restricts.
 */
package dev.realms.web.console;
