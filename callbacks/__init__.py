"""What happens when an address is asked for or a control is used."""
