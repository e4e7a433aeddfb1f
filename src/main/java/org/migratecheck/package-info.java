/** The preflight checker for KVM live migration; each package below is one floor of the house. */
package org.migratecheck;
