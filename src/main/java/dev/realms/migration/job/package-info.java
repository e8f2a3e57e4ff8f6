/** The batch jobs and their steps. What is left to do is read from the data; the job repository is told and shown, never believed. */
package dev.realms.migration.job;
