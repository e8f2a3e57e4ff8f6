/** Requests and answers as JSON: strict records in, records out. What is wrong in a body is named, all of it in one answer. */
package dev.realms.web.json;
