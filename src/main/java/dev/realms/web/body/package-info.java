/** Bodies of requests: how large they may be, how long they may take, and how many large ones are held at the same time. */
package dev.realms.web.body;
