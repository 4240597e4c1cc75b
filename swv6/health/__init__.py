"""What can be wrong on a machine: checks that find it, repairs that mend it, an archive for those who help."""
